import type { ScannedWith } from '../../../core/log/outcome.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import { bestEffort } from '../best-effort.ts';
import { clear } from '../store.ts';
import { changeScannedWith } from '../trust/scanned-with.ts';
import { endShift, handOver, type ShiftNeeds, setPaused, startShift } from './shift.ts';

/** What is asked of the shift that runs. */
export interface RunningShiftActions {
  endShift(): Promise<void>;
  /** The next guard takes over: ends this shift and begins one in the new name. */
  handOver(operator: string, scannedWith?: ScannedWith): Promise<void>;
  /** How everybody is measured from now on before the code is shown; undefined: one by one. Each scan says it. */
  setScannedWith(scannedWith: ScannedWith | undefined): Promise<void>;
  /** A break: the camera is off and nothing is scanned until `resumeShift`. */
  pauseShift(): Promise<void>;
  resumeShift(): Promise<void>;
}

interface Needs extends ShiftNeeds {
  readonly clock: { now(): TrustedNow };
  readonly camera: { start(): Promise<void>; stop(): void };
  /** Called when a shift has ended. */
  ended(): void;
}

/** The shift and the camera that goes with it. `open` throws a `Fault` where the disk does not take it. */
export function createRunningShift(needs: Needs): {
  open(operator: string, scannedWith?: ScannedWith): Promise<void>;
  readonly actions: RunningShiftActions;
} {
  const { store, clock, camera } = needs;
  return {
    async open(operator, scannedWith) {
      await startShift(needs, operator, clock.now(), scannedWith);
      clear(store, 'storageFault');
      await camera.start();
    },
    actions: {
      endShift: () =>
        bestEffort(store, async () => {
          camera.stop();
          await endShift(needs, clock.now());
          needs.ended();
        }),
      handOver: (operator, scannedWith) =>
        bestEffort(store, () => handOver(needs, operator, clock.now(), scannedWith)),
      setScannedWith: (scannedWith) =>
        bestEffort(store, () => changeScannedWith(needs, scannedWith)),
      pauseShift: () =>
        bestEffort(store, async () => {
          camera.stop();
          await setPaused(needs, true, clock.now());
        }),
      resumeShift: () =>
        bestEffort(store, async () => {
          await setPaused(needs, false, clock.now());
          await camera.start();
        }),
    },
  };
}
