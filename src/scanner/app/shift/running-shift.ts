import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import { bestEffort } from '../best-effort.ts';
import { clear } from '../store.ts';
import { endShift, handOver, type ShiftParts, setPaused, startShift } from './shift.ts';

/** What is asked of the shift that runs. */
export interface RunningShiftActions {
  endShift(): Promise<void>;
  /** The next guard takes over: ends this shift and begins one in the new name. */
  handOver(operator: string): Promise<void>;
  /** A break: the camera is off and nothing is scanned until `resumeShift`. */
  pauseShift(): Promise<void>;
  resumeShift(): Promise<void>;
}

interface Needs extends ShiftParts {
  readonly clock: { now(): TrustedNow };
  readonly camera: { start(): Promise<void>; stop(): void };
  /** Called when a shift has ended. */
  ended(): void;
}

/** The shift and the camera that goes with it. `open` throws a `Fault` where the disk does not take it. */
export function createRunningShift(needs: Needs): {
  open(operator: string): Promise<void>;
  readonly actions: RunningShiftActions;
} {
  const { store, clock, camera } = needs;
  return {
    async open(operator) {
      await startShift(needs, operator, clock.now());
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
      handOver: (operator) => bestEffort(store, () => handOver(needs, operator, clock.now())),
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
