/**
 * `npm run bench:console -- [--fill N] [--runs R] [--entries N] [--only intake|queries|exports] [--keep FOLDER]
 * [--json FILE]`: PostgreSQL with N entries at 200 gates, then the time of every query of the console; and
 * before that, intake with the columns, indexes and sums that these queries need, and without. With
 * `--only exports` the memory of a hub from whose console 10,000, 100,000 and all entries are taken out.
 * `--keep`: what was filled is kept in that folder, and gone on with the next time. Of intake alone:
 * `--without by_shift,gate_people`, names of indexes (without `scans_`) and sums, is without these and
 * nothing else; `--rounds R` so often each way, `--width 5`, `--where 'a gate each'` that alone.
 *
 * The fill is SQL on the tables, not uploads: no entry is signed or chained, all have the same JSON,
 * and `gate_hours` is one `group by` over them. Intake "without" is the same hub on a database without
 * the new indexes, whose statements leave the columns and sums out; the hub's own reckoning stays.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate } from '../../src/hub/store/migrations.ts';
import type { Sql } from '../../src/node/database.ts';
import { operating, serving } from '../../src/node/patience.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { measureExports } from './console-exports.ts';
import { fillConsole } from './console-fill.ts';
import { compareIntake, type Place, places } from './console-intake/compare.ts';
import { leftOut } from './console-intake/without.ts';
import { consoleQueries } from './console-queries.ts';

const { values } = parseArgs({
  options: {
    fill: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '40' },
    entries: { type: 'string', default: '8000' },
    keep: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string', default: 'all' },
    rounds: { type: 'string', default: '15' },
    width: { type: 'string' },
    where: { type: 'string' },
    json: { type: 'string' },
  },
});
const bin = postgresBin() ?? '';
if (bin === '') throw new Error('No PostgreSQL server here (pg_ctl)');

const settings = '-c shared_buffers=1GB -c max_wal_size=4GB';

async function onServer<T>(
  path: string,
  work: (sql: Sql, postmaster: number, url: string) => Promise<T>,
  keep?: string,
): Promise<T> {
  const server = await startPostgres(path, settings, keep);
  const sql = await openPostgres(server.url, () => {}, operating);
  try {
    await migrate(sql);
    const pid = readFileSync(join(server.data, 'postmaster.pid'), 'utf8').split('\n')[0];
    return await work(sql, Number(pid), server.url);
  } finally {
    await sql.close();
    server.stop();
  }
}

async function timeQueries(sql: Sql, _: number, url: string) {
  const rows = [];
  const startedAt = performance.now();
  const { from, to } = await fillConsole(sql, Number(values.fill));
  console.log(`filled in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  const asHub = await openPostgres(url, () => {}, serving);
  for (const [what, query] of consoleQueries(asHub, { from, to })) {
    const times: number[] = [];
    for (let run = -2; run < Number(values.runs); run++) {
      const startedAt = performance.now();
      await query(run + 2);
      if (run >= 0) times.push(performance.now() - startedAt);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) =>
      Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
    rows.push({ what, median: at(0.5), p95: at(0.95) });
  }
  await asHub.close();
  const [size] = await sql.query<{ scans: number; hours: number; bytes: number; indexes: number }>(
    `select (select count(*) from scans)::bigint as scans,
       (select count(*) from gate_hours)::bigint as hours,
       pg_table_size('scans')::bigint as bytes, pg_indexes_size('scans')::bigint as indexes`,
  );
  return { rows, size };
}

/** All of them, or the one that `--only` names. */
const isAsked = (part: 'intake' | 'queries' | 'exports'): boolean =>
  values.only === undefined ? part !== 'exports' : values.only === part;
const intakeOf = (width: number, where: Place) =>
  onServer(bin, (plain, plainPid) =>
    onServer(bin, (full, fullPid) =>
      compareIntake(
        { sql: plain, postmaster: plainPid },
        { sql: full, postmaster: fullPid },
        {
          ...{ width, where, entries: Number(values.entries), rounds: Number(values.rounds) },
          left: leftOut(values.without),
        },
      ),
    ),
  );
const intake = [];
for (const where of isAsked('intake') ? places : [])
  for (const width of [200, 5]) {
    if (values.where !== undefined && values.where !== where) continue;
    if (values.width !== undefined && values.width !== String(width)) continue;
    intake.push(await intakeOf(width, where));
    console.table(intake.slice(-1));
  }
const found = { cores: cpus().length, intake };
if (isAsked('queries')) {
  const { rows, size } = await onServer(bin, timeQueries, values.keep);
  console.log(`${size?.scans} entries, ${size?.hours} rows of gate_hours; ms of each query:`);
  console.table(rows);
  console.log(`bytes of scans ${size?.bytes}, of its indexes ${size?.indexes}`);
  Object.assign(found, { size, rows });
}
if (isAsked('exports')) {
  const exports = await measureExports(
    await startPostgres(bin, settings, values.keep),
    Number(values.fill),
  );
  console.table(exports);
  Object.assign(found, { exports });
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(found, undefined, 2)}\n`);
process.exit();
