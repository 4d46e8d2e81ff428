import type { ManualForm } from '../../core/log/manual.ts';

/** What the hands may ask for. None of these throws. */
export interface HandActions {
  /** While held, the camera shows its picture and reads nothing: a form is open. */
  holdReading(held: boolean): void;
  /** People who came along with the person on the card, 0 to 9. */
  setCompanions(companions: number): Promise<void>;
  /** Writes a person into the log who comes without a readable code; a flash says that it is done. */
  registerByHand(form: ManualForm): Promise<void>;
  /** Opens the camera for a one-use enrolment QR and enrols with the first one it sees. */
  scanEnrolment(): Promise<void>;
  /** The guard saw the same six digits on both screens. */
  confirmEnrolment(): void;
  /** Drops this device's key and its uploaded log, to enrol anew. Only when all is uploaded. */
  forgetDevice(): Promise<void>;
  /** Reads how the app is installed and kept. */
  readPhone(): Promise<void>;
  install(): Promise<void>;
  runSelfCheck(): Promise<void>;
  /** Opens the supervisor's role; the first PIN on a device becomes its PIN. */
  openSupervisor(pin: string): Promise<void>;
  closeSupervisor(): void;
  changePin(pin: string): Promise<void>;
  /** Puts a past shift on screen as `summary`. */
  showPastShift(id: string): Promise<void>;
}
