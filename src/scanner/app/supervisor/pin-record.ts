import type { PinHash } from '../../../core/enrol/pin.ts';
import type { EpochMillis } from '../../../core/units.ts';

/** What a phone keeps of its supervisor's PIN. A gate for a role, not a lock on data: see SECURITY.md. */
export interface PinRecord extends PinHash {
  /** Wrong tries in a row. */
  readonly failures: number;
  /** Epoch milliseconds; 0 for an open door. */
  readonly lockedUntil: number;
  /** `iat` of the reset code used last, seconds: none made before it is taken again. */
  readonly resetIat?: number;
  /** The PIN that came from the desk last: its hash, and when it was set for which gate. */
  readonly desk?: { readonly gate: string; readonly iat: number; readonly hash: string };
}

const maxTries = 5;
const lockMs = 5 * 60_000;

/** Undefined where there is no PIN. */
export function readRecord(stored: unknown): PinRecord | undefined {
  return typeof stored === 'object' && stored !== null && 'hash' in stored
    ? (stored as PinRecord)
    : undefined;
}

/** A PIN in place of the one that was kept; what is known of used reset codes stays. */
export const withPin = (kept: PinRecord | undefined, pin: PinHash): PinRecord => ({
  ...pin,
  failures: 0,
  lockedUntil: 0,
  ...(kept?.resetIat !== undefined && { resetIat: kept.resetIat }),
  ...(kept?.desk && { desk: kept.desk }),
});

/**
 * The desk's PIN in place of whatever was kept. Undefined where a later word of the desk is known; where
 * it says the same PIN as before, one set by hand meanwhile stays.
 */
export function withDeskPin(
  kept: PinRecord | undefined,
  { salt, rounds, hash }: PinHash,
  { gate, iat }: { readonly gate: string; readonly iat: number },
): PinRecord | undefined {
  const before = kept?.desk?.gate === gate ? kept.desk : undefined;
  if (before && before.iat >= iat) return undefined;
  const desk = { gate, iat, hash };
  if (kept && before?.hash === hash) return { ...kept, desk };
  return { ...withPin(kept, { salt, rounds, hash }), desk };
}

/** One more wrong try, until the next right one: the fifth closes the door. */
export function countTry(
  before: number,
  at: EpochMillis,
): Pick<PinRecord, 'failures' | 'lockedUntil'> {
  const failures = before + 1;
  return failures < maxTries
    ? { failures, lockedUntil: 0 }
    : { failures: 0, lockedUntil: at + lockMs };
}
