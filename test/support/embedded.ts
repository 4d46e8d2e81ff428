import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../../src/hub/store/migrations.ts';
import type { Sql } from '../../src/node/database.ts';
import { overPglite } from '../../src/node/pglite.ts';
import { onceARun } from './once-a-run.ts';

/**
 * An embedded database in memory, migrated and empty. It is a copy of one made once a run: a copy
 * takes half a second where the making takes five.
 */
export async function openEmbedded(): Promise<Sql> {
  const folder = await onceARun('embedded-database', makeTemplate);
  files ??= new Blob([readFileSync(join(folder, 'files.tar'))]);
  program ??= WebAssembly.compile(readFileSync(wasm));
  const db = await PGlite.create('memory://', {
    loadDataDir: files,
    pgliteWasmModule: await program,
  });
  return overPglite(db);
}

const wasm = join(
  dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
  'pglite.wasm',
);
let files: Blob | undefined;
let program: Promise<WebAssembly.Module> | undefined;

async function makeTemplate(folder: string): Promise<void> {
  const db = await PGlite.create('memory://');
  await migrate(overPglite(db));
  const dump = await db.dumpDataDir('none');
  writeFileSync(join(folder, 'files.tar'), Buffer.from(await dump.arrayBuffer()));
  await db.close();
}
