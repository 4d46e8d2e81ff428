/**
 * `npm run bench:console -- [--fill N] [--runs R] [--entries N] [--only intake|queries|exports] [--keep FOLDER]
 * [--json FILE]`: PostgreSQL with N entries at 200 gates, then the time of every query of the console; and
 * before that, intake with the columns, indexes and sums that these queries need, and without. With
 * `--only exports` the memory of a hub from whose console 10,000, 100,000 and all entries are taken out.
 * `--without newest`: intake without what the last migration brought, and nothing else. `--keep`: what was
 * filled is kept in that folder, and gone on with the next time.
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
import { inTurn, type Queries, type Sql, type Statement } from '../../src/node/database.ts';
import { operating, serving } from '../../src/node/patience.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { hot } from '../../src/node/together.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { testHub } from '../support/test-hub.ts';
import { measureExports } from './console-exports.ts';
import { fillConsole } from './console-fill.ts';
import { consoleQueries } from './console-queries.ts';
import { cpuMs } from './cpu-of.ts';
import { type Ask, measure } from './hub-load.ts';

const { values } = parseArgs({
  options: {
    fill: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '40' },
    entries: { type: 'string', default: '40000' },
    keep: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string', default: 'all' },
    json: { type: 'string' },
  },
});
const bin = postgresBin();
if (!bin) throw new Error('No PostgreSQL server here (pg_ctl)');

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

/** Those of the last migration alone. */
const newest = ['by_shift', 'marks_by_gate'];
const newIndexes = [
  'newest_marks',
  'by_time',
  'by_pass',
  'by_state',
  'by_reason',
  'by_outcome',
  'by_root',
  'uncounted',
  ...newest,
];
const isNewest = values.without === 'newest';

const sums = {
  people:
    'insert into gate_people\\s[\\s\\S]*?refused = [\\w.]+ \\+ excluded\\.refused returning gate',
  gates:
    'insert into gate_hours\\s[\\s\\S]*?companions = [\\w.]+ \\+ excluded\\.companions returning gate',
  hub: 'insert into hub_hours\\s[\\s\\S]*?count = hub_hours\\.count \\+ excluded\\.count',
};
const sumsText = new RegExp(isNewest ? sums.people : Object.values(sums).join('|'), 'g');
const scansText = /insert into scans \([\s\S]*?\) where /g;
/** Parameters of the entries' own columns before there were others. */
const plainColumns = 12;

/**
 * The hub's statements as they were before it counted. What the new columns and sums were given goes as
 * null, and is named, for a parameter nobody names has no type.
 */
function without(sql: Sql): Sql {
  const known = new Map<string, Plain>();
  const plain = (text: string, params: readonly unknown[] = []): Statement => {
    const { unused, ...left } = known.get(text) ?? plainOf(text);
    known.set(text, { unused, ...left });
    return { ...left, params: params.map((param, i) => (unused.has(i) ? null : param)) };
  };
  const asked =
    (on: Queries): Queries['query'] =>
    (text, params) => {
      const one = plain(text, params);
      return on.query(one.text, one.params, one.name);
    };
  return {
    ...sql,
    query: asked(sql),
    inTurn: (all) =>
      inTurn(
        sql,
        all.map(({ text, params }) => plain(text, params)),
      ),
    transaction: (work) => sql.transaction((tx) => work({ query: asked(tx) })),
  };
}

type Plain = ReturnType<typeof plainOf>;

/** Named as the hub names its own, and the places of the parameters that are left out. */
function plainOf(text: string) {
  const places = new Set<number>();
  const unused = (part: string, from: number): string =>
    [...part.matchAll(/\$(\d+)(::\w+(?:\[\])?)?/g)]
      .slice(from)
      .map(([whole, n]) => {
        places.add(Number(n) - 1);
        return whole;
      })
      .join(', ');
  const left = text
    .replace(sumsText, (part) => `select ${unused(part, 0)}`)
    .replace(scansText, (part) => {
      if (isNewest) return part;
      const rest = [...part.matchAll(/\$\d+/g)][plainColumns];
      const head = part
        .slice(0, rest?.index)
        .replace(/,\s*$/, '')
        .replace(/,\s*state, reason, issuer.*?root\)/s, ')');
      return `${head}) where num_nulls(${unused(part, plainColumns)}) > 0 and `;
    });
  return { ...hot(left), unused: places };
}

const middle = (of: readonly number[]): number =>
  [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;

/** CPU milliseconds so far of the hub, which also makes up what it is sent, and of the database. */
const cpuSoFar = (postmaster: number) => {
  const { user, system } = process.cpuUsage();
  return { hub: (user + system) / 1000, database: cpuMs(postmaster) };
};

/** Both ways in turns, so that what else the machine does is in both. */
async function compareIntake(width: number, where: 'one gate for all' | 'a gate each') {
  const rounds = 5;
  const entries = Math.ceil(Number(values.entries) * (width === 5 ? 1 / 10 : 1));
  const gateOf = (device: number) => (where === 'a gate each' ? `gate-${device}` : 'demo-gate');
  return onServer(bin ?? '', (plainSql, plainPid) =>
    onServer(bin ?? '', async (sql, pid) => {
      for (const name of isNewest ? newest : newIndexes)
        await plainSql.query(`drop index scans_${name}`);
      const hubs = [await testHub(without(plainSql)), await testHub(sql)] as const;
      const perSecond: [number[], number[]] = [[], []];
      const cpu: [number[], number[]] = [[], []];
      for (let turn = -1; turn < rounds; turn++) {
        for (const i of [0, 1] as const) {
          const ask: Ask = (path, init) => hubs[i].app.request(path, init);
          const before = cpuSoFar(i === 0 ? plainPid : pid);
          const taken = await measure(ask, entries, width, gateOf);
          const after = cpuSoFar(i === 0 ? plainPid : pid);
          if (turn < 0) continue; // the first round warms
          perSecond[i].push(taken.perSecond);
          const used = after.hub - before.hub + after.database - before.database;
          cpu[i].push((used / taken.entries) * width);
        }
      }
      const left = isNewest ? 'gate_people' : 'gate_hours';
      if ((await plainSql.query(`select 1 from ${left} limit 1`)).length > 0)
        throw new Error(`${left} was filled without, too`);
      const [before, after] = perSecond.map(middle) as [number, number];
      const [cpuBefore, cpuAfter] = cpu.map(middle) as [number, number];
      return {
        ...{ batch: width, where, without: before, with: after },
        ratio: round(after / before),
        'CPU ms a batch without': round(cpuBefore),
        ...{ 'CPU ms a batch with': round(cpuAfter), 'CPU ratio': round(cpuAfter / cpuBefore) },
      };
    }),
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;

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
const where = ['a gate each', 'one gate for all'] as const;
const intake = [];
for (const place of isAsked('intake') ? where : [])
  for (const width of [200, 5]) {
    intake.push(await compareIntake(width, place));
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
