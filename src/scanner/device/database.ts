import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import { Fault, type FaultCode } from '../../core/fault.ts';
import type { LogEntry, LogHead } from '../../core/log/entry.ts';
import type { Sighting } from '../../core/verify/verdict.ts';
import type { SyncCursor } from '../app/stores.ts';

/** `kakou-log`: nothing but the append-only log and how far the hub has confirmed it. */
export interface LogSchema extends DBSchema {
  entries: { key: number; value: LogEntry; indexes: { shift: string } };
  cursor: { key: 'cursor'; value: SyncCursor };
  /** Since version 2: the last entry purged. */
  base: { key: 'base'; value: LogHead };
}

/** `kakou`: everything that may be replaced or forgotten. */
export interface DeviceSchema extends DBSchema {
  facts: { key: string; value: unknown };
  seen: { key: string; value: Sighting; indexes: { at: number } };
}

/** One IndexedDB database, opened on first use and again whenever it was closed under us. */
export interface Database<Schema> {
  /**
   * Runs one piece of work, which must be safe to run twice: it is repeated once on a fresh
   * connection when the first one turns out to be closed or lost (iOS: the database's own process
   * ended), or the transaction was aborted. Throws `storage-…` faults only.
   */
  use<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T>;
}

/** Milliseconds an opening may take: some engines never answer. */
const openLimit = 8000;

export const openLog = (name = 'kakou-log'): Database<LogSchema> =>
  reopening<LogSchema>(name, 2, (database, oldVersion) => {
    if (oldVersion < 1) {
      const entries = database.createObjectStore('entries', { keyPath: 'seq' });
      entries.createIndex('shift', 'shift');
      database.createObjectStore('cursor');
    }
    if (oldVersion < 2) database.createObjectStore('base');
  });

export const openDevice = (name = 'kakou'): Database<DeviceSchema> =>
  reopening<DeviceSchema>(name, 1, (database, oldVersion) => {
    if (oldVersion >= 1) return;
    database.createObjectStore('facts');
    database.createObjectStore('seen').createIndex('at', 'at');
  });

type Upgrade<Schema> = (database: IDBPDatabase<Schema>, oldVersion: number) => void;

function reopening<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: Upgrade<Schema>,
): Database<Schema> {
  let connection: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    connection = undefined;
  };
  const connect = () => {
    connection ??= open(name, version, upgrade, forget);
    connection.catch(forget);
    return connection;
  };
  return {
    async use(work) {
      try {
        return await work(await connect());
      } catch (thrown) {
        if (!isLost(thrown)) throw storageFault(thrown);
        // a lost connection may look open: the next one must not wait behind it
        connection?.then((lost) => lost.close()).catch(() => undefined);
        forget();
      }
      try {
        return await work(await connect());
      } catch (thrown) {
        throw storageFault(thrown);
      }
    },
  };
}

async function open<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: Upgrade<Schema>,
  lost: () => void,
): Promise<IDBPDatabase<Schema>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    const fault = new Fault('storage-unavailable', 'the database does not open');
    timer = setTimeout(() => reject(fault), openLimit);
  });
  const opening = Promise.resolve().then(() =>
    openDB<Schema>(name, version, {
      upgrade,
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        lost();
      },
      terminated: lost,
    }),
  );
  try {
    return await Promise.race([opening, tooLong]);
  } catch (thrown) {
    const name = nameOf(thrown);
    if (thrown instanceof Fault || name === 'QuotaExceededError' || isGone(name)) throw thrown;
    throw new Fault('storage-unavailable', 'the database cannot be opened', { cause: thrown });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs a transaction to its end. Its own error (a full disk) says more than that of a request it took
 * along (aborted), and no end goes unheard.
 */
export async function inTransaction<
  Schema extends DBSchema,
  Names extends ArrayLike<StoreNames<Schema>>,
  T,
>(
  transaction: IDBPTransaction<Schema, Names, 'readwrite'>,
  work: (transaction: IDBPTransaction<Schema, Names, 'readwrite'>) => Promise<T>,
): Promise<T> {
  const [ended, worked] = await Promise.allSettled([transaction.done, work(transaction)]);
  if (ended.status === 'rejected') throw ended.reason;
  if (worked.status === 'rejected') throw worked.reason;
  return worked.value;
}

/**
 * These were its last requests: the disk ends the transaction as soon as they are done, and need not be
 * told to when the page has heard of them, which on a busy phone is a while later.
 */
export function andEnd<T>(transaction: { commit(): void }, requests: Promise<T>): Promise<T> {
  try {
    transaction.commit();
  } catch {
    // aborted meanwhile: the requests say why
  }
  return requests;
}

/** The engine's own trouble, whatever was asked: its process ended, or it aborted what was under way. */
const isGone = (name: string): boolean => name === 'UnknownError' || name === 'AbortError';

/** A closed connection throws `InvalidStateError` at once. */
const isLost = (thrown: unknown): boolean =>
  nameOf(thrown) === 'InvalidStateError' || isGone(nameOf(thrown));

function storageFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const code: FaultCode =
    nameOf(thrown) === 'QuotaExceededError'
      ? 'storage-quota'
      : isLost(thrown)
        ? 'storage-closed'
        : 'storage-corrupt';
  return new Fault(code, `the database refused: ${nameOf(thrown)}`, { cause: thrown });
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error || thrown instanceof DOMException ? thrown.name : 'unknown';
}
