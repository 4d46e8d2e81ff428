import { asFault } from '../../core/fault.ts';
import type { AppStore } from './store.ts';

/**
 * Does a write that nothing may wait for: what the disk refuses shows as the red bar, and what it was
 * to go with goes on. Never rejects.
 */
export async function bestEffort(store: AppStore, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (thrown) {
    store.setState({ storageFault: asFault(thrown, 'storage-unavailable').code });
  }
}
