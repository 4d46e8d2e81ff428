import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, type Sql } from '../database.ts';
import { closeToOthers, lockFolder } from '../folder-lock.ts';
import { operating, type Patience, serving } from '../patience.ts';
import { openPglite } from '../pglite.ts';
import { openPostgres } from '../postgres.ts';

export interface DatabasePlace {
  readonly folder: string;
  /** Brings it to the newest form. */
  readonly migrate: (sql: Sql) => Promise<void>;
  readonly url?: string;
  /** Hears of connections lost while idle. */
  readonly onError: (error: Error) => void;
  /** How long to wait for a server's answers; default: as one who serves phones. */
  readonly patience?: Patience;
}

/** Opens the server at `url`, or the embedded database under `folder`, and brings it up to date. */
export async function openDatabase({
  folder,
  migrate,
  url,
  onError,
  patience = serving,
}: DatabasePlace): Promise<Sql> {
  const sql = url ? await openPostgres(url, onError, operating) : await openEmbedded(folder);
  await migrate(sql).catch((error: unknown) => {
    if (!patience.readOnly || codeOf(error) !== '25006') throw error;
  });
  if (!url || patience === operating) return sql;
  await sql.close();
  return openPostgres(url, onError, patience);
}

async function openEmbedded(folder: string): Promise<Sql> {
  const unlock = lockFolder(folder);
  try {
    accessSync(folder, constants.W_OK);
    const files = join(folder, 'pg');
    mkdirSync(files, { recursive: true });
    closeToOthers(files);
    const sql = await openPglite(files);
    closeToOthers(files);
    return {
      ...sql,
      async close() {
        await sql.close();
        closeToOthers(files);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
