import { emptyHead, type LogEntry } from '../../core/log/entry.ts';
import { supersedes } from '../../core/log/receipt.ts';
import { err, ok } from '../../core/result.ts';
import type { LogStore } from '../app/stores.ts';
import { andEnd, type Database, inTransaction, type LogSchema } from './database.ts';

/** Entries of a shift read at a time. */
const stride = 500;

/** On disk before it counts: a phone may die right after the verdict. */
const strict = { durability: 'strict' } as const;

/** The log in IndexedDB. */
export function createLogStore(log: Database<LogSchema>): LogStore {
  return {
    head: () =>
      log.use(async (database) => {
        const last = await database.transaction('entries').store.openCursor(null, 'prev');
        return last ? { seq: last.value.seq, hash: last.value.hash } : emptyHead;
      }),
    add(entry) {
      let tries = 0;
      return log.use(async (database) => {
        const isRepeated = tries++ > 0; // a write whose end was not seen may have been done
        const writing = database.transaction('entries', 'readwrite', strict);
        return inTransaction(writing, async ({ store }) => {
          const taken = await store.get(entry.seq);
          if (taken)
            return isRepeated && taken.hash === entry.hash ? ok(undefined) : err('conflict');
          await andEnd(writing, store.add(entry));
          return ok(undefined);
        });
      });
    },
    read: (from, limit) =>
      log.use(async (database) =>
        limit < 1 ? [] : database.getAll('entries', IDBKeyRange.lowerBound(from), limit),
      ),
    readShift: (shift) =>
      log.use(async (database) => {
        const { store } = database.transaction('entries');
        const index = store.index('shift');
        const last = (await index.openKeyCursor(shift, 'prev'))?.primaryKey ?? 0;
        let next = (await index.getKey(shift)) ?? 1;
        const entries: LogEntry[] = [];
        // all at once would hold the page for as long as it takes to unpack them
        while (next <= last) {
          const some = await store.getAll(IDBKeyRange.bound(next, last), stride);
          for (const entry of some) if (entry.shift === shift) entries.push(entry);
          next = (some.at(-1)?.seq ?? last) + 1;
        }
        return entries;
      }),
    cursor: () => log.use((database) => database.get('cursor', 'cursor')),
    setCursor: (cursor) =>
      log.use(async (database) => {
        const moving = database.transaction('cursor', 'readwrite', strict);
        await inTransaction(moving, async ({ store }) => {
          const stored = await store.get('cursor');
          if (supersedes(cursor, stored)) await store.put(cursor, 'cursor');
        });
      }),
    base: () => log.use(async (database) => (await database.get('base', 'base')) ?? emptyHead),
    purge: (through) =>
      log.use(async (database) => {
        const purging = database.transaction(['entries', 'cursor', 'base'], 'readwrite', strict);
        return inTransaction(purging, async (open) => {
          const [entries, base] = [open.objectStore('entries'), open.objectStore('base')];
          const [last, next, cursor] = await Promise.all([
            entries.get(through),
            entries.getKey(IDBKeyRange.lowerBound(through, true)),
            open.objectStore('cursor').get('cursor'),
          ]);
          const isAllowed = last && next !== undefined && cursor && cursor.seq >= through;
          if (!isAllowed) return false;
          await base.put({ seq: last.seq, hash: last.hash }, 'base');
          await entries.delete(IDBKeyRange.upperBound(through));
          return true;
        });
      }),
    startOver: () =>
      log.use(async (database) => {
        const clearing = database.transaction(['entries', 'cursor', 'base'], 'readwrite', strict);
        return inTransaction(clearing, async (open) => {
          const last = await open.objectStore('entries').openCursor(null, 'prev');
          const cursor = await open.objectStore('cursor').get('cursor');
          if ((cursor?.seq ?? 0) < (last?.value.seq ?? 0)) return false;
          const names = ['entries', 'cursor', 'base'] as const;
          await Promise.all(names.map((name) => open.objectStore(name).clear()));
          return true;
        });
      }),
  };
}
