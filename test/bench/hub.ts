/**
 * `npm run bench:hub -- [--entries N] [--json FILE]`: scans taken in per second, in batches of 200,
 * signature and chain of every one checked: by the handler alone, and over the loopback by hubs in
 * processes of their own, on the embedded database and on PostgreSQL where there is one.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { limits } from '../../src/core/limits.ts';
import { openDatabase } from '../../src/hub/store/open.ts';
import { type DatabaseKind, hasPostgres, startHubs } from '../faults/hub-process.ts';
import { someEntries, testKey } from '../support/log-entries.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { batchOf, enrolToken, type TestDevice, testHub } from '../support/test-hub.ts';

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '40000' }, json: { type: 'string' } },
});
const devices = 10;
const width = 8;
const perDevice = Math.ceil(Number(values.entries) / devices / limits.batchEntries);

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;
interface Row {
  readonly database: DatabaseKind;
  readonly way: 'handler' | 'loopback';
  readonly hubs: number;
  readonly entries: number;
  readonly perSecond: number;
  readonly msPerBatchP95: number;
}

async function enrol(ask: Ask): Promise<TestDevice> {
  const key = await testKey();
  const post = { method: 'POST' };
  const code = (await (await ask('/demo/enrolment-code', { ...post, body: '{}' })).json()) as {
    code: string;
  };
  const body = await enrolToken(code.code, key);
  const { device } = (await (await ask('/v1/devices', { ...post, body })).json()) as {
    device: string;
  };
  return { id: device, key };
}

/** Signed and packed uploads, one queue a device: a device sends its batches in order. */
async function queues(ask: Ask): Promise<Uint8Array<ArrayBuffer>[][]> {
  const all: Uint8Array<ArrayBuffer>[][] = [];
  for (let i = 0; i < devices; i++) {
    const device = await enrol(ask);
    const entries = await someEntries(perDevice * limits.batchEntries, device.id);
    const queue: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < entries.length; at += limits.batchEntries) {
      const batch = await batchOf(device, entries.slice(at, at + limits.batchEntries));
      queue.push(Uint8Array.from(gzipSync(batch)));
    }
    all.push(queue);
  }
  return all;
}

async function measure(ask: Ask): Promise<Pick<Row, 'entries' | 'perSecond' | 'msPerBatchP95'>> {
  const waiting = await queues(ask);
  const entries = devices * perDevice * limits.batchEntries;
  const times: number[] = [];
  const startedAt = performance.now();
  const worker = async () => {
    for (let queue = waiting.shift(); queue; queue = waiting.shift()) {
      for (const body of queue) {
        const sentAt = performance.now();
        const headers = { 'content-encoding': 'gzip', 'content-type': 'application/jose' };
        const answer = await ask('/v1/scans', { method: 'POST', body, headers });
        const { results } = (await answer.json()) as { results?: { result: string }[] };
        const stored = results?.filter(({ result }) => result === 'stored').length;
        if (stored !== limits.batchEntries) throw new Error(`${answer.status}: ${stored} stored`);
        times.push(performance.now() - sentAt);
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  return { entries, perSecond: Math.round(entries / seconds), msPerBatchP95: Math.round(p95) };
}

async function byHandler(database: DatabaseKind): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
  const bin = database === 'postgres' ? postgresBin() : undefined;
  const server = bin ? await startPostgres(bin) : undefined;
  const sql = await openDatabase({ folder, onError: () => {}, ...(server && { url: server.url }) });
  const hub = await testHub(sql);
  try {
    const ask: Ask = (path, init) => hub.app.request(path, init);
    return { database, way: 'handler', hubs: 1, ...(await measure(ask)) };
  } finally {
    await sql.close();
    server?.stop();
    rmSync(folder, { recursive: true });
  }
}

async function byLoopback(database: DatabaseKind): Promise<Row> {
  const hubs = await startHubs(database);
  let turn = 0;
  try {
    const ask: Ask = (path, init) => fetch(new URL(path, hubs.origin(turn++)), init);
    return { database, way: 'loopback', hubs: hubs.replicas, ...(await measure(ask)) };
  } finally {
    await hubs.close();
  }
}

const rows: Row[] = [];
for (const database of ['pglite', ...(hasPostgres() ? (['postgres'] as const) : [])] as const) {
  rows.push(await byHandler(database), await byLoopback(database));
}
console.table(rows);
for (const { database, way, perSecond } of rows) {
  const cpuHours = (1e6 / perSecond / 3600) * cpus().length;
  console.log(
    `${database}, ${way}: a million scans take ${Math.round(1e6 / perSecond)} s, ${cpuHours.toFixed(3)} core hours`,
  );
}
if (!hasPostgres()) console.log('No PostgreSQL server here (pg_ctl): the embedded database alone.');
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ cores: cpus().length, rows }, undefined, 2)}\n`);
process.exit();
