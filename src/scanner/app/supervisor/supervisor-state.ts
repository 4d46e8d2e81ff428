import type { PinResetRefusal } from '../../../core/enrol/pin-reset.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { PastShift, ShiftReport } from '../shift/shift-state.ts';

/** The supervisor's role on this phone. */
export interface SupervisorRole {
  readonly state: 'closed' | 'busy' | 'wrong' | 'locked' | 'open';
  /** With `locked`. */
  readonly until?: EpochMillis;
}

/** What the supervisor adds to the screen. */
export interface SupervisorSlice {
  readonly supervisor: SupervisorRole;
  /** Whether this phone has a PIN; absent until somebody looked. */
  readonly pin?: 'none' | 'set';
  /** A reset code is waited for, or came: a new PIN is to be typed, or why not. */
  readonly pinReset?: 'awaited' | 'ready' | PinResetRefusal;
  /** The PIN is another one, since the role was opened last. */
  readonly pinChanged?: true;
  /** For an open supervisor only, as is the next. */
  readonly pastShifts?: readonly PastShift[];
  readonly pastReport?: ShiftReport;
}
export const noSupervisor: SupervisorSlice = { supervisor: { state: 'closed' } };
