import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLeader } from '../../../src/browser/leader.ts';
import { inTransaction, openDevice, openLog } from '../../../src/scanner/device/database.ts';
import { createDeviceStore } from '../../../src/scanner/device/device-store.ts';
import { createLogStore } from '../../../src/scanner/device/log-store.ts';
import { createSeenStore } from '../../../src/scanner/device/seen-store.ts';
import { createTrustStore } from '../../../src/scanner/device/trust-store.ts';
import { deviceStoreContract } from '../../support/contracts/device-store.ts';
import { leaderContract } from '../../support/contracts/leader.ts';
import { logStoreContract, sampleEntry } from '../../support/contracts/log-store.ts';
import { holds } from '../../support/contracts/run.ts';
import { seenStoreContract } from '../../support/contracts/seen-store.ts';
import { trustStoreContract } from '../../support/contracts/trust-store.ts';

let count = 0;
const fresh = () => `database-${++count}`;

holds('the log in IndexedDB', logStoreContract, () => {
  const name = fresh();
  return { one: createLogStore(openLog(name)), two: createLogStore(openLog(name)) };
});
holds('the device store in IndexedDB', deviceStoreContract, () =>
  createDeviceStore(openDevice(fresh())),
);
holds('the trust store in IndexedDB', trustStoreContract, () =>
  createTrustStore(openDevice(fresh())),
);
holds('the sightings in IndexedDB', seenStoreContract, () => createSeenStore(openDevice(fresh())));
holds('the leader of one page', leaderContract, () => createLeader(undefined));

describe('a database that breaks', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  test('closed under us, it is opened again and the entry is kept', async () => {
    const connections = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const log = createLogStore(openLog(fresh()));
    await log.add(sampleEntry(1));
    (connections.mock.contexts.at(-1) as IDBDatabase).close();
    expect(await log.add(sampleEntry(2))).toEqual({ ok: true, value: undefined });
    expect((await log.read(1, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('closed before the end of a write was seen, it finds the entry and adds no other', async () => {
    const { add } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(function (
      this: IDBObjectStore,
      ...args
    ) {
      add.apply(this, args);
      throw new DOMException('closed', 'InvalidStateError');
    });
    const log = createLogStore(openLog(fresh()));
    expect(await log.add(sampleEntry(1))).toEqual({ ok: true, value: undefined });
    expect((await log.read(1, 10)).map(({ seq }) => seq)).toEqual([1]);
  });

  test('deleted by the person, it starts anew instead of hanging', async () => {
    const name = fresh();
    const log = createLogStore(openLog(name));
    await log.add(sampleEntry(1));
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = resolve;
    });
    expect(await log.head()).toMatchObject({ seq: 0 });
  });

  test('closed again and again, it is a fault and not a lost entry', async () => {
    const log = createLogStore(openLog(fresh()));
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('closed', 'InvalidStateError');
    });
    await expect(log.add(sampleEntry(1))).rejects.toMatchObject({ code: 'storage-closed' });
  });

  test('a full disk is a fault named so', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const log = createLogStore(openLog(fresh()));
    await expect(log.add(sampleEntry(1))).rejects.toMatchObject({ code: 'storage-quota' });
  });

  test('a browser without IndexedDB is a fault named so, and the next try may succeed', async () => {
    const log = createLogStore(openLog(fresh()));
    vi.stubGlobal('indexedDB', undefined);
    await expect(log.head()).rejects.toMatchObject({ code: 'storage-unavailable' });
    vi.stubGlobal('indexedDB', new IDBFactory());
    expect(await log.head()).toMatchObject({ seq: 0 });
  });

  test('every write to the log asks for strict durability', async () => {
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const log = createLogStore(openLog(fresh()));
    await log.add(sampleEntry(1));
    const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes.map(([, , options]) => options)).toEqual([{ durability: 'strict' }]);
  });

  test('a scan ends its two transactions with their last requests, and does not wait to hear of them first', async () => {
    const ended = vi.spyOn(IDBTransaction.prototype, 'commit');
    await createLogStore(openLog(fresh())).add(sampleEntry(1));
    expect(ended).toHaveBeenCalledTimes(1);
    const decide = () => ({ result: 'new', put: [] });
    expect(await createSeenStore(openDevice(fresh())).claim(['a', 'b'], decide)).toBe('new');
    expect(ended).toHaveBeenCalledTimes(2);
  });

  test.each(['UnknownError', 'AbortError', 'InvalidStateError'])(
    'lost by the engine in the middle of a write (%s), it is opened anew once and the entry is kept',
    async (name) => {
      const opened = vi.spyOn(indexedDB, 'open');
      vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
        throw new DOMException('Connection to Indexed Database server lost.', name);
      });
      const log = createLogStore(openLog(fresh()));
      expect(await log.add(sampleEntry(1))).toEqual({ ok: true, value: undefined });
      expect((await log.read(1, 10)).map(({ seq }) => seq)).toEqual([1]);
      expect(opened).toHaveBeenCalledTimes(2);
    },
  );

  test('lost by the engine when it is read, it is opened anew and answers', async () => {
    const log = createLogStore(openLog(fresh()));
    await log.add(sampleEntry(1));
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('lost', 'UnknownError');
    });
    expect((await log.read(1, 10)).map(({ seq }) => seq)).toEqual([1]);
  });

  test('lost again and again, it is closed and not damaged', async () => {
    const log = createLogStore(openLog(fresh()));
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('lost', 'UnknownError');
    });
    await expect(log.add(sampleEntry(2))).rejects.toMatchObject({ code: 'storage-closed' });
  });

  test('that the engine does not open, it is closed and not damaged, and the next try may succeed', async () => {
    const log = createLogStore(openLog(fresh()));
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('lost', 'UnknownError');
    });
    await expect(log.head()).rejects.toMatchObject({ code: 'storage-closed' });
    vi.restoreAllMocks();
    expect(await log.head()).toMatchObject({ seq: 0 });
  });

  test('aborted in the middle of a transaction, the write is done anew', async () => {
    const { add } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = add.apply(this, args);
      this.transaction.abort();
      return request;
    });
    const log = createLogStore(openLog(fresh()));
    expect(await log.add(sampleEntry(1))).toEqual({ ok: true, value: undefined });
    expect((await log.read(1, 10)).map(({ seq }) => seq)).toEqual([1]);
  });

  test('whose transaction ends by a full disk, it says that and not that a request was aborted', async () => {
    const done = Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const work = () => Promise.reject(new DOMException('aborted', 'AbortError'));
    await expect(inTransaction({ done } as never, work)).rejects.toMatchObject({
      name: 'QuotaExceededError',
    });
  });
});
