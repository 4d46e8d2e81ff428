import type { EpochMillis } from '../../../core/units.ts';

/** A shift still in this phone's log. */
export interface PastShift {
  readonly id: string;
  readonly operator: string;
  readonly startedAt: EpochMillis;
  readonly endedAt: EpochMillis;
  /** Scans and people registered by hand. */
  readonly people: number;
}
