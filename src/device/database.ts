import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SyncCursor } from '../app/ports.ts';
import { Fault, type FaultCode } from '../core/fault.ts';
import type { LogEntry, LogHead } from '../core/log/entry.ts';
import type { Sighting } from '../core/verify/verdict.ts';

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
   * connection when the first one turns out to be closed. Throws `storage-…` faults only.
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
        if (!isClosed(thrown)) throw storageFault(thrown);
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
    throw thrown instanceof Fault || nameOf(thrown) === 'QuotaExceededError'
      ? thrown
      : new Fault('storage-unavailable', 'the database cannot be opened', { cause: thrown });
  } finally {
    clearTimeout(timer);
  }
}

/** A closed connection throws `InvalidStateError` at once and aborts what was under way. */
function isClosed(thrown: unknown): boolean {
  return nameOf(thrown) === 'InvalidStateError' || nameOf(thrown) === 'AbortError';
}

function storageFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const code: FaultCode =
    nameOf(thrown) === 'QuotaExceededError'
      ? 'storage-quota'
      : isClosed(thrown)
        ? 'storage-closed'
        : 'storage-corrupt';
  return new Fault(code, `the database refused: ${nameOf(thrown)}`, { cause: thrown });
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error || thrown instanceof DOMException ? thrown.name : 'unknown';
}
