import type { Sighting } from '../../core/verify/verdict.ts';
import type { SeenStore } from '../app/stores.ts';
import { andEnd, type Database, type DeviceSchema, inTransaction } from './database.ts';

export function createSeenStore(device: Database<DeviceSchema>): SeenStore {
  return {
    // transactions that write one store come one after the other, whichever tab they are of
    claim: (keys, decide) =>
      device.use(async (database) => {
        const claiming = database.transaction('seen', 'readwrite');
        return inTransaction(claiming, async ({ store }) => {
          const found = new Map<string, Sighting>();
          const look = async (key: string) => {
            const sighting = await store.get(key);
            if (sighting) found.set(key, sighting);
          };
          await Promise.all(keys.map(look));
          const { result, put } = decide(found);
          const putting = put.map(([key, sighting]) => store.put(sighting, key));
          await andEnd(claiming, Promise.all(putting));
          return result;
        });
      }),
    release: (sightings) =>
      device.use(async (database) => {
        const releasing = database.transaction('seen', 'readwrite');
        await inTransaction(releasing, async ({ store }) => {
          for (const [key, { gate, at }] of sightings) {
            const held = await store.get(key);
            if (held?.gate === gate && held.at === at) await store.delete(key);
          }
        });
      }),
    forgetBefore: (at) =>
      device.use(async (database) => {
        const forgetting = database.transaction('seen', 'readwrite');
        await inTransaction(forgetting, async ({ store }) => {
          const old = store.index('at').iterate(IDBKeyRange.upperBound(at, true));
          for await (const record of old) await record.delete();
        });
      }),
  };
}
