import type { EpochMillis } from '../units.ts';

/** How far the scanner trusts its own clock: protocol 5. Written into every log entry. */
export type ClockQuality = 'synced' | 'held' | 'unconfirmed' | 'bad';

/** One reading of the trusted clock. Taken once per scan and passed to every step. */
export interface TrustedNow {
  readonly at: EpochMillis;
  readonly quality: ClockQuality;
}
