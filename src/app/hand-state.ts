import type { ManualForm } from '../core/log/manual.ts';

/** A verdict told at a glance while the camera goes on: rapid passes, people registered by hand. */
export interface Flash {
  /** Grows by one per flash. */
  readonly id: number;
  readonly state: 'pass' | 'stop';
  readonly by: 'scan' | 'hand';
}

/** What the guard's hands add to the state of the app. */
export interface HandState {
  readonly flash?: Flash;
}

/** What the guard's hands may ask for. None of these throws. */
export interface HandActions {
  /** While held, the camera shows its picture and reads nothing: a form is open. */
  holdReading(held: boolean): void;
  /** People who came along with the person on the card, 0 to 9. */
  setCompanions(companions: number): Promise<void>;
  /** Writes a person into the log who comes without a readable code; a flash says that it is done. */
  registerByHand(form: ManualForm): Promise<void>;
}
