import type { FaultCode } from '../../core/fault.ts';
import type { ChainBreak } from '../../core/log/chain.ts';
import type { ExportBody, LogEntry } from '../../core/log/entry.ts';
import type { ByHand, ShiftSummary } from '../../core/log/shift-summary.ts';
import type { LocalizedText, NotAPass } from '../../core/terms.ts';
import type { ClockQuality } from '../../core/time/trusted-now.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Verdict, VerdictState } from '../../core/verify/verdict.ts';
import type {
  CameraStatus,
  PictureCode,
  PictureFile,
  WedgeTrouble,
} from '../../ports/code-reader.ts';
import type { EnrolRefusal } from './enrol/enrol.ts';
import type { HandActions, HandState } from './hand-state.ts';
import type { ActiveShift, Gate } from './stores.ts';

export type Language = 'zh-CN' | 'zh-TW' | 'en';
export type TextSize = 100 | 120 | 140;
export type Theme = 'auto' | 'light' | 'night' | 'strong';

export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  readonly sound: boolean;
  /** Neither sound nor voice. */
  readonly quiet: boolean;
  /** Reads each verdict out, where the phone has a voice of its own. */
  readonly voice: boolean;
  readonly vibration: boolean;
  /** At transit and station gates a pass only flashes while the camera goes on. */
  readonly rapid: boolean;
  /** Per cent. */
  readonly textSize: TextSize;
  readonly leftHanded: boolean;
  /** Seconds a pass card stays before scanning goes on by itself; 0 = wait for a tap. */
  readonly autoReturnS: number;
}
export const defaultSettings: Settings = {
  language: 'zh-CN',
  theme: 'auto',
  sound: true,
  quiet: false,
  voice: false,
  vibration: true,
  rapid: false,
  textSize: 100,
  leftHanded: false,
  autoReturnS: 1.8,
};

/** The verdict on screen. Its log entry is on disk already. */
export interface Card {
  /** Grows by one per card, so that a repeat of the same verdict still counts as new. */
  readonly id: number;
  readonly verdict: Verdict;
  readonly at: EpochMillis;
  /** Seq of its log entry; none where the log could not be written. */
  readonly seq?: number;
  /** How the venue wants the temperature taken, with `temperature-needed`. */
  readonly temperature?: TemperatureRule;
  /** People who came along, as the guard counted them. */
  readonly companions?: number;
  /** A held pass card does not return by itself. */
  readonly held: boolean;
}

/** `confirm`: the guard says normal or high; `measure`: a typed value. `limitC` and above is a fever. */
export interface TemperatureRule {
  readonly mode: 'confirm' | 'measure';
  readonly limitC: number;
}

/** One of several codes on a picture, before it is verified: where it is and what it claims to be. */
export interface ChoiceCode extends Pick<PictureCode, 'corners'> {
  readonly what: 'pass' | NotAPass;
}

/**
 * `busy`: it is read. `none`: opened, and no code on it. `no-shift`: there is one, and nobody on
 * shift to judge it. Else why it could not be opened or read.
 */
export type PictureAnswer =
  | 'busy'
  | 'none'
  | 'no-shift'
  | Extract<FaultCode, 'picture-unreadable' | 'picture-too-large' | 'decoder-failed'>;

export type Counts = Readonly<Record<VerdictState, number>>;
export const noCounts: Counts = { pass: 0, check: 0, stop: 0, unknown: 0 };
export const nobodyByHand: ByHand = { admitted: 0, refused: 0 };

export type ExportFormat = ExportBody['format'];

/** A shift that has ended, as the supervisor wants to see it. */
export interface ShiftReport extends ShiftSummary {
  readonly id: string;
  readonly operator: string;
  readonly startedAt: EpochMillis;
  readonly endedAt: EpochMillis;
  /** Present when the shift's entries are not an unbroken chain. */
  readonly chainBreak?: ChainBreak;
}

/**
 * Why an upload did not end well. `fork`: all was taken in, beside another log of this device that
 * the hub holds; `storage`: the phone's own log could not be read.
 */
export type SyncProblem =
  | 'offline'
  | 'refused'
  | 'server'
  | 'not-the-hub'
  | 'receipt'
  | 'fork'
  | 'storage';

export interface AppState extends HandState {
  readonly phase: 'starting' | 'failed' | 'enrol' | 'ready';
  /** Why `failed`, or why enrolling did not work. */
  readonly fault?: FaultCode;
  readonly enrolling: 'idle' | 'busy' | EnrolRefusal | 'code-malformed' | 'other-hub';
  /** With `other-hub`: the address at which the app has to be opened for this code. */
  readonly enrolHub?: string;
  /** The app is built on demo keys: says DEMO on every screen. */
  readonly demo: boolean;
  readonly settings: Settings;
  readonly gate?: Gate;
  readonly shift?: ActiveShift;
  /** The shift that has just ended, until the next begins or `closeSummary`. */
  readonly summary?: ShiftReport;
  /** A file under construction. */
  readonly exporting?: ExportFormat;
  /** A finished file that waits for the tap on share. */
  readonly exportReady?: {
    readonly name: string;
    readonly format: ExportFormat;
    /** Id of the shift it is about. */
    readonly shift: string;
    readonly entries: number;
  };
  /** This shift's scans by their final state. */
  readonly counts: Counts;
  /** This shift's people registered by hand, who are in none of `counts`. */
  readonly byHand: ByHand;
  /** This shift's entries, newest first, at most 100; the rest is in the log. */
  readonly recent: readonly LogEntry[];
  readonly camera: CameraStatus;
  readonly card?: Card;
  /** What became of the last picture; absent when it led to a card, a choice or an enrolment. */
  readonly picture?: PictureAnswer;
  /** A picture with several codes waits for the guard to choose one. */
  readonly choice?: { readonly picture: PictureFile; readonly codes: readonly ChoiceCode[] };
  /** The log cannot be written: red bar, nobody is admitted. */
  readonly storageFault?: FaultCode;
  readonly online: boolean;
  readonly sync: {
    readonly unsynced: number;
    readonly busy: boolean;
    readonly lastAt?: EpochMillis;
    readonly problem?: SyncProblem;
  };
  readonly trust: {
    readonly bundle?: number;
    readonly iat?: EpochMillis;
    readonly exp?: EpochMillis;
    /** Oldest status list in use. */
    readonly listAt?: EpochMillis;
    /** What the known issuers call themselves, by id. */
    readonly issuers?: Readonly<Record<string, LocalizedText>>;
    /** How the venue of this gate wants the temperature taken; absent when it does not. */
    readonly temperature?: TemperatureRule;
    readonly problem?: string;
  };
  /** The hub names newer checking data than this phone could get. */
  readonly trustBehind?: true;
  readonly clock: ClockQuality;
  /** Seconds by which passes say this clock is ahead (negative: behind). A hint, never a correction. */
  readonly clockSkewS?: number;
  readonly updateReady: boolean;
  /** A hardware scanner is there and set up wrongly; until its next good text. */
  readonly wedgeTrouble?: WedgeTrouble;
}

/** Everything a screen may ask for. None of these throws; failures show up in `AppState`. */
export interface AppActions extends HandActions {
  enrolDemo(): Promise<void>;
  startShift(operator: string): Promise<void>;
  endShift(): Promise<void>;
  /** The next guard takes over: ends this shift and begins one in the new name. */
  handOver(operator: string): Promise<void>;
  /** A break: the camera is off and nothing is scanned until `resumeShift`. */
  pauseShift(): Promise<void>;
  resumeShift(): Promise<void>;
  closeSummary(): void;
  startCamera(): Promise<void>;
  stopCamera(): void;
  setTorch(on: boolean): Promise<void>;
  nextLens(): Promise<void>;
  /** 1×, 2×, 3× and back. */
  nextZoom(): Promise<void>;
  /** A text from outside the camera (hardware scanner, picture): judged in a shift, enrols before. */
  present(text: string, method: 'wedge' | 'picture'): Promise<void>;
  /** Reads a file picked, dropped or pasted; `picture` says how it went, `choice` asks for one of several codes. */
  readPicture(file: PictureFile): Promise<void>;
  /** Presents one code of `choice`, by its place; none gives the choice up. */
  chooseCode(place?: number): Promise<void>;
  /** Closes the card and goes on scanning. */
  dismissCard(): void;
  /** Keeps a pass card on screen. */
  holdCard(): void;
  /** The temperature step of the card on screen: confirmed normal, or measured degrees Celsius. */
  temperature(reading: 'normal' | number): Promise<void>;
  syncNow(): Promise<void>;
  /**
   * Builds a file of a shift; `exportReady` says that it can be shared. Default: the running shift,
   * else the last one; any other of `pastShifts` needs the open supervisor.
   */
  prepareExport(format: ExportFormat, shift?: string): Promise<void>;
  /** Opens the share sheet with the prepared file. Call it within a tap. */
  shareExport(): Promise<void>;
  /** Both steps in one, where a download needs no tap of its own. */
  exportLog(format: ExportFormat, shift?: string): Promise<void>;
  setSettings(change: Partial<Settings>): Promise<void>;
  applyUpdate(): void;
}
