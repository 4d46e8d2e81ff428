import type { FaultCode } from '../../../core/fault.ts';
import type { EpochMillis } from '../../../core/units.ts';

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

/** Where the log stands: on this disk, and at the hub. */
export interface SyncSlice {
  /** The log cannot be written: red bar, nobody is admitted. */
  readonly storageFault?: FaultCode;
  readonly online: boolean;
  readonly sync: {
    readonly unsynced: number;
    readonly busy: boolean;
    readonly lastAt?: EpochMillis;
    readonly problem?: SyncProblem;
  };
}
export const nothingSynced = { sync: { unsynced: 0, busy: false } } as const;
