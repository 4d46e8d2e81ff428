import type { DeviceStore } from '../stores.ts';

/** The supervisor's PIN record, changed in one piece whichever tabs change it at once. */
export interface PinKeeper {
  /** `undefined` leaves it as it is. `change` may run twice. */
  change(change: (kept: unknown) => object | undefined): Promise<void>;
}

/**
 * On a disk that takes nothing the record is kept in memory: tries are counted in this run of the app
 * only, because past shifts are to be had without a write. It is written with the next change that can.
 */
export function createPinKeeper(
  device: Pick<DeviceStore, 'supervisor' | 'changeSupervisor'>,
): PinKeeper {
  let unwritten: object | undefined;
  return {
    async change(change) {
      try {
        await device.changeSupervisor((kept) => change(unwritten ?? kept) ?? unwritten);
        unwritten = undefined;
      } catch {
        const stored = await device.supervisor();
        unwritten = change(unwritten ?? stored) ?? unwritten;
      }
    },
  };
}
