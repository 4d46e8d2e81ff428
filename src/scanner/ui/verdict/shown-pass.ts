import type { Reason, Verdict, VerifiedPass } from '../../../core/verify/verdict.ts';

/** Verdicts given before, or because, the signature was not found good. */
const unverified: ReadonlySet<Reason> = new Set([
  'not-a-pass',
  'malformed',
  'trust-missing',
  'trust-expired',
  'app-outdated',
  'unknown-issuer',
  'issuer-retired',
  'issuer-suspended',
  'unknown-key',
  'bad-signature',
  'internal-error',
]);

/** What may be shown of the pass. Nothing of one that did not verify, even if a mistake put it there. */
export const shownPass = (verdict: Verdict): VerifiedPass | undefined =>
  unverified.has(verdict.reason) ? undefined : verdict.pass;
