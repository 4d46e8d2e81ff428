import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { PersistedTime } from '../../core/time/clock-model.ts';
import type { Held, HolderStore } from '../app/holder.ts';

interface Schema extends DBSchema {
  held: { key: string; value: Held };
  time: { key: 'clock'; value: PersistedTime };
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' };

/** The page's own database. A browser without one shows live codes alone. */
export function holderDatabase(name = 'kakou-citizen'): HolderStore {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const open = () => {
    opening ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('held', { keyPath: 'whose' });
        db.createObjectStore('time');
      },
    });
    opening.catch(() => {
      opening = undefined; // the next question tries again
    });
    return opening;
  };
  return {
    async makeKey() {
      const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
      const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
      return { privateKey: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } };
    },
    list: async () => (await open()).getAll('held'),
    read: async (whose) => (await open()).get('held', whose),
    keep: async (held) => void (await (await open()).put('held', held)),
    drop: async (whose) => (await open()).delete('held', whose),
    clear: async () => (await open()).clear('held'),
    readTime: async () => (await open()).get('time', 'clock'),
    keepTime: async (time) => void (await (await open()).put('time', time, 'clock')),
  };
}
