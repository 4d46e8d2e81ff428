/**
 * `npm run bench:hub -- [--entries N] [--batch 200] [--json FILE]`: scans taken in per second,
 * signature and chain of every one checked: by the handler alone, and over the loopback by hubs in
 * processes of their own, on the embedded database and on PostgreSQL where there is one.
 * And what one upload of five costs, a time answer, an unchanged bundle: milliseconds of CPU, of the hub
 * and of PostgreSQL apart. That alone with `--costs`, and with `--against FOLDER` another checkout's hub
 * in the same run beside it.
 * With `--profile` instead where that time goes, for uploads of five and of 200: of the whole hub process by
 * module and package (wall time of its one thread, so on a quiet machine), of PostgreSQL by statement.
 * With `--fill N` instead: PostgreSQL nearly empty and with N rows more; with `--partitioned` too, the
 * table is first partitioned as docs/growing.md says.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { limits } from '../../src/core/limits.ts';
import { openDatabase } from '../../src/hub/store/open.ts';
import { listening, startProgram } from '../support/hub-program.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { testHub } from '../support/test-hub.ts';
import { cpuMs } from './cpu-of.ts';
import { costs } from './hub-costs.ts';
import { bothSizes } from './hub-fill.ts';
import { type Ask, measure, type Taken } from './hub-load.ts';
import { profile } from './hub-profile.ts';
import { type Yardstick, yardstick } from './hub-yardstick.ts';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '40000' },
    batch: { type: 'string', default: String(limits.batchEntries) },
    fill: { type: 'string' },
    partitioned: { type: 'boolean', default: false },
    costs: { type: 'boolean', default: false },
    against: { type: 'string' },
    profile: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const entries = Number(values.entries);
const batch = Number(values.batch);

type DatabaseKind = 'pglite' | 'postgres';

interface Row extends Taken {
  readonly database: DatabaseKind;
  readonly way: 'handler' | 'loopback';
  readonly hubs: number;
  /** CPU time of the hubs and of PostgreSQL, whatever else the machine is doing. */
  readonly hubMsPerBatch?: number;
  readonly databaseMsPerBatch?: number;
  /** What PostgreSQL takes of the same rows with nobody before it. */
  readonly alone?: Yardstick;
}

async function byHandler(database: DatabaseKind): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
  const bin = database === 'postgres' ? postgresBin() : undefined;
  const server = bin ? await startPostgres(bin) : undefined;
  const sql = await openDatabase({ folder, onError: () => {}, ...(server && { url: server.url }) });
  const hub = await testHub(sql);
  try {
    const ask: Ask = (path, init) => hub.app.request(path, init);
    return { database, way: 'handler', hubs: 1, ...(await measure(ask, entries, batch)) };
  } finally {
    await sql.close();
    server?.stop();
    rmSync(folder, { recursive: true });
  }
}

/** By hubs in processes of their own: one on PGlite, two on PostgreSQL. */
async function byLoopback(database: DatabaseKind): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
  const bin = database === 'postgres' ? postgresBin() : undefined;
  const server = bin ? await startPostgres(bin) : undefined;
  const args = ['--demo', '--no-app', '--port', '0', '--data', folder];
  const hubs = Array.from({ length: server ? 2 : 1 }, () => startProgram(args, server?.url, []));
  try {
    const ports = await Promise.all(hubs.map(listening));
    let turn = 0;
    const ask: Ask = (path, init) =>
      fetch(`http://127.0.0.1:${ports[turn++ % ports.length]}${path}`, init);
    const postmaster =
      server && Number(readFileSync(join(server.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const used = () => ({
      hub: hubs.reduce((sum, { child }) => sum + cpuMs(child.pid ?? 0), 0),
      database: postmaster === undefined ? 0 : cpuMs(postmaster),
    });
    const before = used();
    const taken = await measure(ask, entries, batch);
    const after = used();
    const perBatch = (ms: number) => Math.round((ms / taken.entries) * batch * 100) / 100;
    return {
      ...{ database, way: 'loopback', hubs: hubs.length, ...taken },
      hubMsPerBatch: perBatch(after.hub - before.hub),
      databaseMsPerBatch: perBatch(after.database - before.database),
      ...(server && { alone: await yardstick(server, batch) }),
    };
  } finally {
    for (const { child } of hubs) child.kill();
    await Promise.all(hubs.map(({ ended }) => ended));
    server?.stop();
    rmSync(folder, { recursive: true });
  }
}

async function compare(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const database of ['pglite', ...(postgresBin() ? (['postgres'] as const) : [])] as const) {
    rows.push(await byHandler(database), await byLoopback(database));
  }
  console.table(rows.map(({ alone: _, ...row }) => row));
  for (const { alone } of rows)
    if (alone) console.log('PostgreSQL alone, the same rows, entries/s on one connection:', alone);
  for (const { database, hubMsPerBatch = 0, databaseMsPerBatch = 0 } of rows) {
    const coreHours = ((hubMsPerBatch + databaseMsPerBatch) / batch / 3.6e6) * 1e6;
    if (coreHours > 0) {
      console.log(`${database}: a million scans take ${coreHours.toFixed(3)} core hours`);
    }
  }
  console.table(await costs(values.against));
  if (!postgresBin()) console.log('No PostgreSQL server here (pg_ctl): the embedded one alone.');
  return rows;
}

async function costsAlone(): Promise<readonly object[]> {
  const rows = await costs(values.against);
  console.table(rows);
  return rows;
}

async function profiles(): Promise<readonly object[]> {
  const small = await profile({ width: 5, warmUp: 1600, uploads: 1600 });
  const large = await profile({ width: limits.batchEntries, warmUp: 80, uploads: 160 });
  for (const { width, hubMs, owners, statements } of [small, large]) {
    console.log(`an upload of ${width}: ${hubMs} ms of CPU; milliseconds an upload by owner`);
    console.table(owners);
    console.table(statements);
  }
  return [small, large];
}

const { fill, partitioned } = values;
const asked = values.profile ? profiles : values.costs ? costsAlone : compare;
const found =
  fill === undefined ? await asked() : await bothSizes(Number(fill), entries, partitioned);
if (values.json) {
  writeFileSync(values.json, `${JSON.stringify({ cores: cpus().length, found }, undefined, 2)}\n`);
}
process.exit();
