import type { DeviceStore } from '../stores.ts';

/** The supervisor's PIN record, changed in one piece whichever tabs change it at once. */
export interface PinKeeper {
  /**
   * Counts tries. `undefined` leaves the record as it is; `change` may run twice. On a disk that takes
   * nothing it is kept in memory, for this run of the app only, because past shifts are to be had
   * without a write. It is written with the next change that can.
   */
  change(change: (kept: unknown) => object | undefined): Promise<void>;
  /** The same for a PIN or a used code, which is on disk or nowhere: rejects with the store's `Fault`. */
  write(change: (kept: unknown) => object | undefined): Promise<void>;
}

export function createPinKeeper(
  device: Pick<DeviceStore, 'supervisor' | 'changeSupervisor'>,
): PinKeeper {
  let unwritten: object | undefined;
  async function write(change: (kept: unknown) => object | undefined): Promise<void> {
    await device.changeSupervisor((kept) => change(unwritten ?? kept) ?? unwritten);
    unwritten = undefined;
  }
  return {
    write,
    async change(change) {
      try {
        await write(change);
      } catch {
        const stored = await device.supervisor();
        unwritten = change(unwritten ?? stored) ?? unwritten;
      }
    },
  };
}
