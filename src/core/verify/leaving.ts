import { isTooOld } from '../trust/app-version.ts';
import type { TrustView } from '../trust/view.ts';
import { type GateFacts, type RuleBook, ruleFor } from './venue-rules.ts';
import { type Verdict, verdict } from './verdict.ts';

/** Reasons that are about no pass, or about this scanner: nobody is counted as gone by them. */
const staysAsItIs: readonly string[] = ['not-a-pass', 'internal-error'];

/**
 * Whether people who leave here are free to go, whatever their code (protocol 12). Closed: only a rule
 * that this version can read lets anybody go by it; a quarantine ward has one that says `checked`.
 */
export function isExitFree(book: RuleBook, gate: GateFacts): boolean {
  const rule = gate.leaving === true ? ruleFor(book, gate) : undefined;
  return rule !== undefined && !rule.outdated && rule.exit !== 'checked';
}

interface Scene {
  readonly trust: TrustView | undefined;
  readonly gate: GateFacts;
  readonly app?: string;
}

/**
 * What steps 1 to 7 ended with, at a gate where this person leaves: not held by a colour, an age or a
 * signature. The rule in hand says so even when the trust set is over: who leaves is let in nowhere.
 */
export function unlessFree(end: Verdict, { trust, gate, app }: Scene): Verdict {
  if (gate.leaving !== true || !trust || staysAsItIs.includes(end.reason)) return end;
  if (trust.outdated || (app !== undefined && isTooOld(app, trust.bundle.minimumApp))) return end;
  if (!isExitFree(trust.bundle, gate)) return end;
  const { pass } = end;
  return verdict('pass', 'left', pass && { pass });
}
