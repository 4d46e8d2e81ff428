import { asFault } from '../../core/fault.ts';
import type { AppStore } from './store.ts';

/**
 * Does what needs the disk: what that refuses shows as the red bar, and is no exception in a screen,
 * nor does it stop what it was to go with. Never rejects. Only an entry of the log that is on disk
 * takes the bar away: saved settings prove nothing.
 */
export async function bestEffort(store: AppStore, task: () => Promise<unknown>): Promise<void> {
  try {
    await task();
  } catch (thrown) {
    store.setState({ storageFault: asFault(thrown, 'storage-unavailable').code });
  }
}
