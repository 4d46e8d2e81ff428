import type { FaultCode } from '../../../core/fault.ts';
import type { EpochMillis } from '../../../core/units.ts';

/**
 * Why an upload did not end well. `offline`: nothing came back, which `reachOf` tells more of. `fork`: all was taken in, beside another log of this device that
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

/** What comes over a network that is there, where it is not the hub's word: nothing, trouble, a login page. */
export type Unreached = 'no-answer' | 'server' | 'not-the-hub';

/**
 * The way to the hub, in one word for all screens. `offline`: this phone has no network; an `Unreached`:
 * it has one, and no hub at its end; `refused`: the hub is there and does not take this phone.
 */
export type Reach = 'online' | 'offline' | 'refused' | Unreached;

/** One that does not pass by itself: somebody has to be told. */
export const isLasting = (problem: SyncProblem): boolean =>
  problem === 'refused' || problem === 'fork' || problem === 'receipt' || problem === 'storage';

/** Where the log stands: on this disk, and at the hub. */
export interface SyncSlice {
  /** The log cannot be written: red bar, nobody is admitted. */
  readonly storageFault?: FaultCode;
  /** Whether this phone has a network. What screens say of the way to the hub: `reachOf`. */
  readonly online: boolean;
  /** What came of asking the hub last, over a network, where it was not the hub's word. */
  readonly unreached?: Unreached;
  readonly sync: {
    readonly unsynced: number;
    readonly busy: boolean;
    readonly lastAt?: EpochMillis;
    readonly problem?: SyncProblem;
  };
}
export const nothingSynced = { sync: { unsynced: 0, busy: false } } as const;

/** How the way to the hub was when it was last tried, and whether there is a network now. */
export function reachOf({
  online,
  unreached,
  sync,
}: Pick<SyncSlice, 'online' | 'unreached' | 'sync'>): Reach {
  if (!online) return 'offline';
  if (sync.problem === 'refused') return 'refused';
  if (unreached) return unreached;
  // one the hub itself did not cause: its files may come from elsewhere while it takes nothing
  const isOurs = sync.problem === 'server' || sync.problem === 'not-the-hub';
  return isOurs ? sync.problem : 'online';
}
