import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type {
  ArrivedLink,
  KeptTrust,
  Queued,
  TrustKept,
  VisitStore,
} from '../app/visits/visit-store.ts';

interface Schema extends DBSchema {
  visits: { key: string; value: Queued };
  link: { key: 'link'; value: ArrivedLink };
  trust: { key: 'trust'; value: KeptTrust };
}

/**
 * Visits that wait to be sent, and what posters are checked by: a database of its own, which outlives
 * signing out.
 */
export function visitDatabase(
  name = 'kakou-citizen-visits',
): VisitStore & { readonly trust: TrustKept } {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const open = () => {
    opening ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('visits', { keyPath: 'id' });
        db.createObjectStore('link');
        db.createObjectStore('trust');
      },
    });
    opening.catch(() => {
      opening = undefined; // the next question tries again
    });
    return opening;
  };
  return {
    async add(visit) {
      // on the disk before anybody is shown that they are in
      const tx = (await open()).transaction('visits', 'readwrite', { durability: 'strict' });
      await Promise.all([tx.store.put(visit), tx.done]);
    },
    list: async () => (await open()).getAll('visits'),
    async drop(ids) {
      const tx = (await open()).transaction('visits', 'readwrite');
      await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
    },
    readLink: async () => (await open()).get('link', 'link'),
    async keepLink(link) {
      const db = await open();
      if (link) await db.put('link', link, 'link');
      else await db.delete('link', 'link');
    },
    trust: {
      read: async () => (await open()).get('trust', 'trust'),
      keep: async (trust) => void (await (await open()).put('trust', trust, 'trust')),
    },
  };
}
