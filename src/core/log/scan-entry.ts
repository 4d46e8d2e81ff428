import { factsOf } from '../pass/kinds.ts';
import type { Verdict, VerifiedPass } from '../verify/verdict.ts';
import type { LookBody, ScanBody, ScanMethod } from './entry.ts';
import type { ScannedWith } from './outcome.ts';

export interface PresentedScan {
  readonly verdict: Verdict;
  readonly method: ScanMethod;
  /** Hex HMAC of the text with the device's key of the day; written only of a pass that did not verify. */
  readonly textHmac?: string | undefined;
  /** Version of the trust bundle in force, when there was one. */
  readonly bundle?: number;
  /** Version of the status list looked into, when one was. */
  readonly list?: number;
  /** How everybody is measured there before the code is shown, where they are. */
  readonly scannedWith?: ScannedWith | undefined;
  /** The person leaves. */
  readonly dir?: 'out' | undefined;
}

/**
 * What the log keeps of a scan: protocol 6. Claims only from a pass whose signature is good, and of
 * those never the masked name or id; of one that did not verify nothing but its HMAC, and nothing of what is no pass.
 */
export function scanBody(scan: PresentedScan): ScanBody {
  return {
    type: 'scan',
    ...judgedBody(scan),
    ...(scan.scannedWith && { scannedWith: scan.scannedWith }),
    ...(scan.dir && { dir: scan.dir }),
  };
}

/** The same of a code that was looked at, and by which nobody went in or out. */
export const lookBody = (scan: PresentedScan): LookBody => ({ type: 'look', ...judgedBody(scan) });

function judgedBody(scan: PresentedScan): Omit<LookBody, 'type'> {
  const { state, reason, pass, listTooOld } = scan.verdict;
  const { textHmac } = scan;
  return {
    method: scan.method,
    state,
    reason,
    ...(pass && keptClaims(pass)),
    ...(isUnverified(scan.verdict) && textHmac !== undefined && { textHmac }),
    ...(scan.bundle === undefined ? {} : { bundle: scan.bundle }),
    ...(scan.list === undefined ? {} : { list: scan.list }),
    ...(listTooOld ? { listTooOld } : {}),
  };
}

/** It claims to be a pass and its signature was not good, or could not be checked. */
export const isUnverified = ({ pass, reason }: Verdict): boolean =>
  pass === undefined && reason !== 'not-a-pass';

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
