import type { Place } from '../../../core/enrol/place-of.ts';
import type { HeadCount } from '../../../core/log/occupancy.ts';

/** Where this gate leads and how many are there: protocol 12. */
export interface PlaceSlice {
  /** Absent for a gate that people only come in by, and which leads to no place that is counted. */
  readonly place?: Place & {
    /** Whoever leaves is held by no code. */
    readonly isExitFree: boolean;
    /** The rule asks the guard where the place is full. */
    readonly asksWhenFull: boolean;
  };
  /** Since the day began; absent until the log of the day was read. */
  readonly heads?: HeadCount;
  /** Codes are looked at and nobody is let in: a supervisor's or an inspector's mode. In memory only. */
  readonly lookOnly?: true;
}
