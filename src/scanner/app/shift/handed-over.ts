import type { AppState } from '../state.ts';
import type { HandedOver } from '../stores.ts';
import { isLasting } from '../sync/sync-state.ts';

type Watched = Pick<AppState, 'sync' | 'outcomes'> & Partial<Pick<AppState, 'storageFault'>>;

/** What a guard who leaves now leaves open. */
export function leftOpen({ sync, outcomes, storageFault }: Watched): Omit<HandedOver, 'operator'> {
  const { unsynced, problem } = sync;
  return {
    unsynced,
    notRecorded: outcomes.notRecorded,
    ...(storageFault !== undefined && { fault: storageFault }),
    ...(problem !== undefined && isLasting(problem) && { problem }),
  };
}
