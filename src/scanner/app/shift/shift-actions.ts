import type { ScannedWith } from '../../../core/log/outcome.ts';
import { bestEffort } from '../best-effort.ts';
import { type AppStore, clear } from '../store.ts';
import type { DeviceStore } from '../stores.ts';
import { forgetGuard } from './guards.ts';

interface Needs {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'changeGuards'>;
  /** Sound has to be asked for within the tap. */
  unlockSound(): void;
  /** Opens the shift once what judges is loaded, and the camera with it. */
  open(operator: string, scannedWith?: ScannedWith): Promise<void>;
  readPhone(): Promise<void>;
  applyUpdate(): void;
}

/** The two ends of a shift that do not wait for what judges to be loaded. */
export type ShiftActions = ReturnType<typeof createShiftActions>;

export function createShiftActions({ store, device, ...needs }: Needs) {
  return {
    /** Offers this name at the start of a shift no more; without a name, none at all. */
    forgetGuard: (name?: string) => bestEffort(store, () => forgetGuard({ store, device }, name)),
    async startShift(operator: string, scannedWith?: ScannedWith): Promise<void> {
      needs.unlockSound();
      await bestEffort(store, async () => {
        await needs.open(operator, scannedWith);
      });
      await needs.readPhone();
    },
    /** Leaves the report of a past shift; a new version that waits is put in place. */
    closeSummary(): void {
      clear(store, 'summary');
      const { shift, supervisor, updateReady } = store.getState();
      const isDone = shift === undefined && supervisor.state !== 'open';
      if (updateReady && isDone) needs.applyUpdate(); // nobody is in the middle of anything
    },
  };
}
