import type { StoredTrust, TrustStore } from '../app/stores.ts';
import { type Database, type DeviceSchema, inTransaction } from './database.ts';

/** The whole set is one record, so one put replaces it or does not. */
export function createTrustStore(device: Database<DeviceSchema>): TrustStore {
  return {
    load: () =>
      device.use((database) => database.get('facts', 'trust') as Promise<StoredTrust | undefined>),
    save: (set) =>
      device.use(async (database) => {
        const writing = database.transaction('facts', 'readwrite', { durability: 'strict' });
        await inTransaction(writing, ({ store }) => store.put(set, 'trust'));
      }),
  };
}
