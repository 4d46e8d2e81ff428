import type { ManualForm } from '../../core/log/manual.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Browser, CodeReader, InstallWay } from './ports.ts';

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

/** What the browser says about itself. Bytes; absent where it does not tell. */
export interface PhoneFacts {
  readonly installWay: InstallWay;
  readonly browser: Browser;
  /** What reads the codes. */
  readonly engine: ReturnType<CodeReader['engine']>;
  readonly persisted: boolean;
  readonly usedBytes?: number;
  readonly quotaBytes?: number;
}

/** One line of the self-check. `detail` is a code for the help desk and names nobody; of the decoder its engine. */
export interface Check {
  readonly name:
    | 'camera'
    | 'decoder'
    | 'clock'
    | 'keys'
    | 'list'
    | 'storage'
    | 'sound'
    | 'screen'
    | 'offline'
    | 'upload';
  readonly grade: 'good' | 'fair' | 'bad';
  readonly detail: string;
}

/** A shift still in this phone's log. */
export interface PastShift {
  readonly id: string;
  readonly operator: string;
  readonly startedAt: EpochMillis;
  readonly endedAt: EpochMillis;
  /** Scans and people registered by hand. */
  readonly people: number;
}

export interface SupervisorState {
  readonly state: 'closed' | 'busy' | 'wrong' | 'locked' | 'open';
  /** With `locked`. */
  readonly until?: EpochMillis;
}

/** What the hands of guard and supervisor add to the state of the app. */
export interface HandState {
  readonly flash?: Flash;
  /** Six digits of the device key, while both screens are to be compared: protocol 4. */
  readonly enrolDigits?: string;
  readonly phone?: PhoneFacts;
  readonly checks?: readonly Check[];
  readonly supervisor: SupervisorState;
  /** For an open supervisor only. */
  readonly pastShifts?: readonly PastShift[];
}

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
