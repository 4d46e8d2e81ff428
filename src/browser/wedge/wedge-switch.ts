import type { ScannerReport } from '../../ports/code-reader.ts';
import { onWedge, type WedgeOptions } from './wedge.ts';
import { onScannerTest } from './wedge-trial.ts';

/** The hardware scanner at this phone, if there is one. */
export interface Scanner {
  /** Until told to stop, scans are reported and go nowhere else. */
  test(report: (report: ScannerReport) => void): () => void;
}

/** Listens at once, until `stop`. */
export function createScanner(
  onText: (text: string) => void,
  options: WedgeOptions,
): Scanner & { stop(): void } {
  let stop = onWedge(onText, options);
  return {
    stop: () => stop(),
    test(report) {
      stop();
      stop = onScannerTest(report);
      const endTest = stop;
      return () => {
        if (stop !== endTest) return; // ended before: one listener at a time
        endTest();
        stop = onWedge(onText, options);
      };
    },
  };
}
