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
});

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
