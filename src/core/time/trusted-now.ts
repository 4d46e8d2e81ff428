import type { EpochMillis } from '../units.ts';

/** How far the scanner trusts its own clock: protocol 5. Written into every log entry. */
export type ClockQuality = 'synced' | 'held' | 'unconfirmed' | 'bad';

/** One reading of the trusted clock. Taken once per scan and passed to every step. */
export interface TrustedNow {
  readonly at: EpochMillis;
  readonly quality: ClockQuality;
  /** A signed source vouches for a later time than this clock's own: nothing is decided till then. */
  readonly waiting?: true;
  /** Signed time has named a newer bundle for over an hour, and this phone cannot get it. */
  readonly listsTooOld?: true;
}

/** Only such a clock forgets, purges, and refuses what is dated ahead of it. */
export const isSure = ({ quality }: Pick<TrustedNow, 'quality'>): boolean =>
  quality === 'synced' || quality === 'held';

/** Closed: a reading that is no time, of a quality not named here, or known to lag, decides nothing. */
export const mayDecide = ({ at, quality, waiting }: TrustedNow): boolean =>
  Number.isFinite(at) && !waiting && ['synced', 'held', 'unconfirmed'].includes(quality);
