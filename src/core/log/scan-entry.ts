import { factsOf } from '../pass/kinds.ts';
import type { Verdict, VerifiedPass } from '../verify/verdict.ts';
import type { ScanBody, ScanMethod } from './entry.ts';

export interface PresentedScan {
  readonly verdict: Verdict;
  readonly method: ScanMethod;
  /** Hex SHA-256 of the text as presented; written only when no signature was good. */
  readonly textSha256: string;
  /** Version of the trust bundle in force, when there was one. */
  readonly bundle?: number;
  /** Version of the status list looked into, when one was. */
  readonly list?: number;
}

/**
 * What the log keeps of a scan: protocol 6. Claims only from a pass whose signature is good, and of
 * those never the masked name or id; of any other text nothing but its hash.
 */
export function scanBody(scan: PresentedScan): ScanBody {
  const { state, reason, pass, listTooOld } = scan.verdict;
  return {
    type: 'scan',
    method: scan.method,
    state,
    reason,
    ...(pass ? keptClaims(pass) : { textSha256: scan.textSha256 }),
    ...(scan.bundle === undefined ? {} : { bundle: scan.bundle }),
    ...(scan.list === undefined ? {} : { list: scan.list }),
    ...(listTooOld ? { listTooOld } : {}),
  };
}

function keptClaims(pass: VerifiedPass) {
  const { kind, issuer, jti, state, ageS, relativeHeld } = pass;
  return {
    kind,
    iss: issuer,
    st: state,
    // the id of a printed code, or when it was made, would follow the person about for a year
    ...(factsOf(kind).logsId === true && { jti, ageS }),
    ...(relativeHeld ? { relativeHeld } : {}),
  };
}
