import type { StoreApi } from 'zustand/vanilla';
import type { ScannerReport } from '../../ports/code-reader.ts';
import type { AppActions } from '../app/actions.ts';
import type { AppState } from '../app/state.ts';

/** All the screens know of the rest of the scanner. */
export interface UiApp {
  readonly store: StoreApi<AppState>;
  /** Absent where the app could not start: only the failure screen is shown, and that asks for nothing. */
  readonly actions?: AppActions;
  /** Puts the live camera picture into the container; returns how to take it out again. */
  mountCamera(container: HTMLElement): () => void;
  /** Until told to stop, scans of a hardware scanner are reported here and judged nowhere. */
  testScanner(report: (report: ScannerReport) => void): () => void;
  readonly version: string;
}
