import { resolve } from 'node:path';
import { CommandError } from '../command-error.ts';
import { codeOf, type Sql } from '../database.ts';
import { FolderInUse } from '../folder-lock.ts';
import { NoLockHere } from '../kernel-lock.ts';
import type { Patience } from '../patience.ts';
import { openDatabase } from './open-database.ts';

/** Where a program keeps its data: a PostgreSQL server, or else a folder for the embedded database. */
export interface DataPlace {
  readonly data: string;
  readonly databaseUrl?: string;
}

/** Another process holds the folder. */
export class FolderBusy extends CommandError {}

/** A program with a database of its own: how it is called, and how its database becomes the newest. */
export interface DataOwner {
  readonly name: string;
  readonly migrate: (sql: Sql) => Promise<void>;
}

/** Opens a program's database, migrated; what is in the way is said as a `CommandError`. */
export async function openOrExplain(
  { name, migrate }: DataOwner,
  { data, databaseUrl }: DataPlace,
  onError: (error: Error) => void,
  patience?: Patience,
): Promise<Sql> {
  const folder = resolve(data);
  try {
    return await openDatabase({
      folder,
      migrate,
      onError,
      ...(databaseUrl && { url: databaseUrl }),
      ...(patience && { patience }),
    });
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new FolderBusy(
        `another ${name} is using ${folder} (its lock is ${error.message}): the embedded database takes ` +
          'one process at a time, so stop that one first, or run both on a PostgreSQL server (DATABASE_URL)',
      );
    }
    if (error instanceof NoLockHere) {
      throw new CommandError(
        `cannot hold ${folder} for one ${name} alone: ${error.message}; or use PostgreSQL (DATABASE_URL)`,
      );
    }
    if (error instanceof CommandError) throw error;
    if (codeOf(error) === '25006') {
      throw new CommandError(
        'no server of DATABASE_URL can be written to (25006): all are read-only',
      );
    }
    const code = codeOf(error) === undefined ? '' : ` (${codeOf(error)})`;
    const what = databaseUrl ? 'the database of DATABASE_URL' : `the data folder ${folder}`;
    throw new CommandError(`cannot open ${what}${code}`);
  }
}
