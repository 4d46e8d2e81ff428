import type { ParsedPass } from '../pass/format.ts';
import type { LocalizedText } from '../terms.ts';
import type { Bundle } from '../trust/bundle.ts';
import { type GateFacts, ruleFor } from './venue-rules.ts';
import { type Verdict, verdict } from './verdict.ts';

/**
 * Step 6: whatever a pass or its stamp is bound to must be this gate or its site; a gate whose rule
 * says `bound: required` wants it to be. Undefined when all is in order. A `wrong-gate` says which it is
 * for, by the names in the bundle: claims are the issuer's or the holder's word by now, names the authority's.
 */
export function checkAudience(
  { claims, stamp }: ParsedPass,
  gate: GateFacts,
  bundle: Bundle,
): Verdict | undefined {
  const bounds = [claims.aud, stamp?.claims.aud].filter((aud) => aud !== undefined);
  const site = bundle.gates?.find(({ id }) => id === gate.id)?.site ?? gate.site;
  const isHere = (aud: string) => aud === gate.id || (site !== undefined && aud === site);
  const elsewhere = bounds.find((aud) => !isHere(aud));
  if (elsewhere !== undefined) {
    const boundTo = namesOf(elsewhere, bundle);
    return verdict('stop', 'wrong-gate', boundTo.length > 0 ? { boundTo } : {});
  }
  const isWanted = ruleFor(bundle, gate)?.bound === 'required';
  return isWanted && bounds.length === 0 ? verdict('check', 'not-bound') : undefined;
}

/** More gates of one site than this would be a list to read out, not an answer. */
const maxNames = 3;

/** The gate of that id, else the gates of that site; none of either where there are too many to name. */
function namesOf(aud: string, { gates = [] }: Bundle): readonly LocalizedText[] {
  const named = gates.filter(({ id }) => id === aud);
  const found = named.length > 0 ? named : gates.filter(({ site }) => site === aud);
  return found.length > maxNames ? [] : found.map(({ name }) => name);
}
