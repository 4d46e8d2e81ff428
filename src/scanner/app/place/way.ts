import { isFull } from '../../../core/log/occupancy.ts';
import type { AppState } from '../state.ts';

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
