import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate as migrateHub } from '../../src/hub/store/migrations.ts';
import type { Sql } from '../../src/node/database.ts';
import { overPglite } from '../../src/node/pglite.ts';
import { onceARun } from './once-a-run.ts';

/** Closed by the test that had them, and good for the next. */
const free: PGlite[] = [];

/**
 * An embedded database in memory, migrated (as a hub's, or as another program's) and empty: one that an earlier test of this process has
 * closed, emptied (a twelfth of a copy's time), or else a copy of one made once a run (half a second;
 * the making takes five).
 */
export async function openEmbedded(migrate = migrateHub): Promise<Sql> {
  const used = free.pop();
  const db = used && (await empty(used, migrate)) ? used : await copyFor(migrate);
  const lent = { isOpen: true };
  const on = (): PGlite => {
    if (!lent.isOpen) throw new Error('PGlite is closed');
    return db;
  };
  const sql = overPglite({
    query: async (...args) => on().query(...args),
    transaction: async (...args) => on().transaction(...args),
    close: async () => {
      if (lent.isOpen) free.push(db);
      lent.isOpen = false;
    },
  });
  return sql;
}

/** False when what the last test left there cannot be taken away. */
async function empty(db: PGlite, migrate: typeof migrateHub): Promise<boolean> {
  try {
    for (const task of ['discard all', 'drop schema public cascade', 'create schema public'])
      await db.query(task);
    const others = `select 1 from pg_namespace
      where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')`;
    if ((await db.query(others)).rows.length > 0) throw new Error('a schema of its own');
    await migrate(overPglite(db));
    return true;
  } catch {
    await db.close().catch(() => undefined);
    return false;
  }
}

async function copyFor(migrate: typeof migrateHub): Promise<PGlite> {
  const db = await copy();
  if (migrate !== migrateHub && !(await empty(db, migrate))) throw new Error('a copy is not empty');
  return db;
}

async function copy(): Promise<PGlite> {
  files ??= await templateFiles();
  program ??= WebAssembly.compile(readFileSync(wasm));
  return PGlite.create('memory://', { loadDataDir: files, pgliteWasmModule: await program });
}

const wasm = join(
  dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
  'pglite.wasm',
);
/** The files of an empty hub's database, for one that lies on a disk. */
export const templateFiles = async (): Promise<Blob> =>
  new Blob([readFileSync(join(await onceARun('embedded-database', makeTemplate), 'files.tar'))]);

let files: Blob | undefined;
let program: Promise<WebAssembly.Module> | undefined;

async function makeTemplate(folder: string): Promise<void> {
  const db = await PGlite.create('memory://');
  await migrateHub(overPglite(db));
  const dump = await db.dumpDataDir('none');
  writeFileSync(join(folder, 'files.tar'), Buffer.from(await dump.arrayBuffer()));
  await db.close();
}
