import type { SeenStore } from '../app/ports.ts';
import type { Sighting } from '../core/verify/verdict.ts';
import type { Database, DeviceSchema } from './database.ts';

export function createSeenStore(device: Database<DeviceSchema>): SeenStore {
  return {
    load: (since) =>
      device.use(async (database) => {
        const found: [string, Sighting][] = [];
        const recent = database.transaction('seen').store.index('at');
        for await (const record of recent.iterate(IDBKeyRange.lowerBound(since))) {
          found.push([record.primaryKey, record.value]);
        }
        return found;
      }),
    get: (key) => device.use((database) => database.get('seen', key)),
    put: (key, sighting) =>
      device.use(async (database) => {
        await database.put('seen', sighting, key);
      }),
    forgetBefore: (at) =>
      device.use(async (database) => {
        const forgetting = database.transaction('seen', 'readwrite');
        const old = forgetting.store.index('at').iterate(IDBKeyRange.upperBound(at, true));
        for await (const record of old) await record.delete();
        await forgetting.done;
      }),
  };
}
