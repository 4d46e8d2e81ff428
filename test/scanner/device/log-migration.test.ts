import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { openLog } from '../../../src/scanner/device/database.ts';
import { createLogStore } from '../../../src/scanner/device/log-store.ts';
import { sampleEntry } from '../../support/contracts/log-store.ts';

/** The log's database as version 1 of the app made it, spelled out: it must not follow the code. */
async function versionOne(name: string) {
  const database = await openDB(name, 1, {
    upgrade(made) {
      made.createObjectStore('entries', { keyPath: 'seq' }).createIndex('shift', 'shift');
      made.createObjectStore('cursor');
    },
  });
  for (const seq of [1, 2, 3]) await database.add('entries', sampleEntry(seq));
  const cursor = { seq: 2, head: 'hash-2', receipt: 'receipt-2', at: 2 };
  await database.put('cursor', cursor, 'cursor');
  return { database, cursor };
}

test('a log written by version 1 opens with every entry and the cursor, and can be purged', async () => {
  const { database, cursor } = await versionOne('kept');
  database.close();
  const log = createLogStore(openLog('kept'));
  expect(await log.read(1, 10)).toEqual([1, 2, 3].map((seq) => sampleEntry(seq)));
  expect(await log.readShift('shift-1')).toHaveLength(3);
  expect(await log.cursor()).toEqual(cursor);
  expect(await log.purge(2)).toBe(true);
  expect(await log.base()).toEqual({ seq: 2, hash: 'hash-2' });
});

test('an old tab that still holds version 1 cannot write beside the new one', async () => {
  const { database } = await versionOne('held');
  database.addEventListener('versionchange', () => database.close());
  const log = createLogStore(openLog('held'));
  expect(await log.head()).toEqual({ seq: 3, hash: 'hash-3' });
  await expect(openDB('held', 1)).rejects.toThrow();
});
