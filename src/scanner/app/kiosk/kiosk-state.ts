import type { KioskCamera } from '../../../core/enrol/kiosk-camera.ts';
import type { ScannedWith } from '../../../core/log/outcome.ts';

/** How a kiosk 无人值守 stands: what it reads with, and how everybody is measured before it. */
export interface KioskPlan {
  readonly camera: KioskCamera;
  /** Only where the gate's rule asks for it (mode `exception`). */
  readonly scannedWith?: ScannedWith;
}

/**
 * Why it lets nobody in now, whatever is shown to it. `starting`: no shift yet; `storage`: the log cannot
 * be written; `rules`: none in force, or for a newer app; `clock`: not sure; `list`: revocations too old;
 * `temperature`, `original-way`: the rule of this gate has a person do it; `camera`; `scanner`: a hardware
 * scanner that is set up wrongly.
 */
export type KioskTrouble =
  | 'starting'
  | 'storage'
  | 'rules'
  | 'clock'
  | 'list'
  | KioskRefusal
  | 'camera'
  | 'scanner';

/** Why a phone is not made a kiosk: nobody could ever pass there. */
export type KioskRefusal = 'temperature' | 'original-way';

/** A phone at which nobody stands. */
export interface KioskSlice {
  /** Present while it is one. */
  readonly kiosk?: KioskPlan;
  readonly kioskTrouble?: KioskTrouble;
  /** Why it was not made one when it was asked for last. */
  readonly kioskRefused?: KioskRefusal | 'rules';
  /** Something that is no health code was held up just now. */
  readonly kioskStray?: true;
}
