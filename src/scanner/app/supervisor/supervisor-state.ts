import type { EpochMillis } from '../../../core/units.ts';
import type { PastShift } from '../shift/shift-state.ts';

/** The supervisor's role on this phone. */
export interface SupervisorRole {
  readonly state: 'closed' | 'busy' | 'wrong' | 'locked' | 'open';
  /** With `locked`. */
  readonly until?: EpochMillis;
}

/** What the supervisor adds to the screen. */
export interface SupervisorSlice {
  readonly supervisor: SupervisorRole;
  /** For an open supervisor only. */
  readonly pastShifts?: readonly PastShift[];
}
export const noSupervisor: SupervisorSlice = { supervisor: { state: 'closed' } };
