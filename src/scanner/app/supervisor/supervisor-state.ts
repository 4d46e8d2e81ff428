import type { EpochMillis } from '../../../core/units.ts';

export interface SupervisorState {
  readonly state: 'closed' | 'busy' | 'wrong' | 'locked' | 'open';
  /** With `locked`. */
  readonly until?: EpochMillis;
}
