import type { ParsedPass } from '../pass/format.ts';
import type { Bundle } from '../trust/bundle.ts';
import { type GateFacts, ruleFor } from './venue-rules.ts';
import { type Verdict, verdict } from './verdict.ts';

/**
 * Step 6: whatever a pass or its stamp is bound to must be this gate or its site; a gate whose rule
 * says `bound: required` wants it to be. Undefined when all is in order.
 */
export function checkAudience(
  { claims, stamp }: ParsedPass,
  gate: GateFacts,
  bundle: Bundle,
): Verdict | undefined {
  const bounds = [claims.aud, stamp?.claims.aud].filter((aud) => aud !== undefined);
  const site = bundle.gates?.find(({ id }) => id === gate.id)?.site ?? gate.site;
  const isHere = (aud: string) => aud === gate.id || (site !== undefined && aud === site);
  if (!bounds.every(isHere)) return verdict('stop', 'wrong-gate');
  const isWanted = ruleFor(bundle, gate)?.bound === 'required';
  return isWanted && bounds.length === 0 ? verdict('check', 'not-bound') : undefined;
}
