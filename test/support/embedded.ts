import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate as migrateHub } from '../../src/hub/store/migrations.ts';
import type { Sql } from '../../src/node/database.ts';
import { overPglite } from '../../src/node/pglite.ts';
import { asItBegan, type Beginning, beginningOf } from './as-it-began.ts';
import { onceARun } from './once-a-run.ts';

/** With what `migrate` made in it. */
interface Migrated {
  readonly db: PGlite;
  readonly migrate: typeof migrateHub;
  readonly beginning: Beginning;
}

/** Closed by the test that had them, and good for the next. */
const free: Migrated[] = [];

/**
 * An embedded database in memory, migrated (as a hub's, or as another program's) and empty: one that an earlier
 * test of this process has closed, its rows taken away (a twentieth of a copy's time), migrated anew where that
 * test changed more than rows (half of it), or else a copy of one made once a run (half a second; the making
 * takes five).
 */
export async function openEmbedded(migrate = migrateHub): Promise<Sql> {
  const used = lately(migrate);
  const lending = (used && (await again(used, migrate))) ?? (await copyFor(migrate));
  const lent = { isOpen: true };
  const on = (): PGlite => {
    if (!lent.isOpen) throw new Error('PGlite is closed');
    return lending.db;
  };
  const sql = overPglite({
    query: async (...args) => on().query(...args),
    transaction: async (...args) => on().transaction(...args),
    close: async () => {
      if (lent.isOpen) free.push(lending);
      lent.isOpen = false;
    },
  });
  return sql;
}

/** The last one closed, of the same program if there is one. */
function lately(migrate: typeof migrateHub): Migrated | undefined {
  const same = free.findLastIndex((one) => one.migrate === migrate);
  return free.splice(same, 1)[0];
}

/** Undefined when what the last test left there cannot be taken away. */
async function again(used: Migrated, migrate: typeof migrateHub): Promise<Migrated | undefined> {
  const { db, beginning } = used;
  try {
    await db.query('discard all');
    if (used.migrate === migrate && (await asItBegan(db, beginning))) return used;
    return await anew(db, migrate);
  } catch {
    await db.close().catch(() => undefined);
    return undefined;
  }
}

async function anew(db: PGlite, migrate: typeof migrateHub): Promise<Migrated> {
  for (const task of ['drop schema public cascade', 'create schema public']) await db.query(task);
  const others = `select 1 from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')`;
  if ((await db.query(others)).rows.length > 0) throw new Error('a schema of its own');
  await migrate(overPglite(db));
  return { db, migrate, beginning: await beginningOf(db) };
}

async function copyFor(migrate: typeof migrateHub): Promise<Migrated> {
  const db = await copy();
  if (migrate !== migrateHub) return anew(db, migrate);
  return { db, migrate, beginning: await beginningOf(db) };
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
