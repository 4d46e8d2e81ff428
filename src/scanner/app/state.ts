import type { FaultCode } from '../../core/fault.ts';
import type { PictureFile } from '../../ports/code-reader.ts';
import type { EnrolSlice } from './enrol/enrol-state.ts';
import type { HandActions } from './hand-state.ts';
import type { PhoneSlice } from './phone/phone-state.ts';
import type { Settings } from './phone/settings.ts';
import type { ScanSlice } from './scan/scan-state.ts';
import type { ExportFormat, ShiftSlice } from './shift/shift-state.ts';
import type { SupervisorSlice } from './supervisor/supervisor-state.ts';
import type { SyncSlice } from './sync/sync-state.ts';
import type { TrustSlice } from './trust/trust-state.ts';

/** All that a screen may show: each topic's slice is told in its folder. */
export interface AppState
  extends EnrolSlice,
    PhoneSlice,
    ScanSlice,
    ShiftSlice,
    SupervisorSlice,
    SyncSlice,
    TrustSlice {
  readonly phase: 'starting' | 'failed' | 'enrol' | 'ready';
  /** Why `failed`, or why enrolling did not work. */
  readonly fault?: FaultCode;
  /** The app is built on demo keys: says DEMO on every screen. */
  readonly demo: boolean;
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
