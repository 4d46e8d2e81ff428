import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from './database.ts';
import { closeToOthers, lockFolder } from './folder-lock.ts';
import { migrate } from './migrations.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/** Opens the server at `url`, or the embedded database under `folder`, and brings it up to date. */
export async function openDatabase(where: {
  readonly folder: string;
  readonly url?: string;
  /** Hears of connections lost while idle. */
  readonly onError: (error: Error) => void;
}): Promise<Sql> {
  const sql = where.url
    ? await openPostgres(where.url, where.onError)
    : await openEmbedded(where.folder);
  await migrate(sql);
  return sql;
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
