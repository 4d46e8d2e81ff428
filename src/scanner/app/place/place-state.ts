import type { HeadCount } from '../../../core/log/occupancy.ts';
import { isFull } from '../../../core/log/occupancy.ts';
import type { Place } from '../../../core/trust/place-of.ts';
import type { AppState } from '../state.ts';

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

/** Which way people go now: as the gate is, or at one for both as the guard has switched it. */
export function wayNow({ place, shift }: Pick<AppState, 'place' | 'shift'>): 'in' | 'out' {
  if (place?.direction === 'both') return shift?.way ?? 'in';
  return place?.direction ?? 'in';
}

/** People leave here now, and no code holds them. */
export const isLeavingFree = (state: Pick<AppState, 'place' | 'shift'>): boolean =>
  wayNow(state) === 'out' && state.place?.isExitFree === true;

/** No room for one more. */
export const isPlaceFull = ({ place, heads }: Pick<AppState, 'place' | 'heads'>): boolean =>
  isFull(heads, place?.zone?.capacity);
