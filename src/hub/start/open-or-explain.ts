import { resolve } from 'node:path';
import { CommandError } from '../../node/command-error.ts';
import { codeOf, type Sql } from '../../node/database.ts';
import { FolderInUse } from '../../node/folder-lock.ts';
import { NoLockHere } from '../../node/kernel-lock.ts';
import type { Patience } from '../../node/patience.ts';
import { openDatabase } from '../store/open.ts';

/** Where the hub keeps its data: a PostgreSQL server, or else a folder for the embedded database. */
export interface DataPlace {
  readonly data: string;
  readonly databaseUrl?: string;
}

/** Opens the hub's database, migrated; what is in the way is said as a `CommandError`. */
export async function openOrExplain(
  { data, databaseUrl }: DataPlace,
  onError: (error: Error) => void,
  patience?: Patience,
): Promise<Sql> {
  const folder = resolve(data);
  try {
    return await openDatabase({
      folder,
      onError,
      ...(databaseUrl && { url: databaseUrl }),
      ...(patience && { patience }),
    });
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new CommandError(
        `another hub is using ${folder} (its lock is ${error.message}): the embedded database takes ` +
          'one process at a time, so stop that one first, or run both on a PostgreSQL server (DATABASE_URL)',
      );
    }
    if (error instanceof NoLockHere) {
      throw new CommandError(
        `cannot hold ${folder} for one hub alone: ${error.message}; or use PostgreSQL (DATABASE_URL)`,
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
