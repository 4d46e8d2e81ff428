/** A verdict told at a glance while the camera goes on: rapid passes and repeats, people registered by hand. */
export interface Flash {
  /** Grows by one per flash. */
  readonly id: number;
  /** `check`: in rapid mode, a code that was here before. */
  readonly state: 'pass' | 'check' | 'stop';
  readonly by: 'scan' | 'hand';
  /** With `check`: seconds since it was here. */
  readonly agoS?: number;
}
