import { limits } from '../../src/core/limits.ts';
import { migrate } from '../../src/hub/store/migrations.ts';
import { listMissing } from '../../src/hub/store/missing.ts';
import { verifyLog } from '../../src/hub/store/proof/verify-log.ts';
import { listShifts } from '../../src/hub/store/shifts.ts';
import type { Sql } from '../../src/node/database.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { someEntries } from '../support/log-entries.ts';
import { partition } from '../support/partitioned.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { batchOf, type TestDevice, testHub } from '../support/test-hub.ts';
import { type Ask, enrol, measure } from './hub-load.ts';

const perDevice = 10_000;
const runs = 3;
/** When the made-up entries begin: 1 March 2022. */
const begun = 1_646_121_600_000;

const middle = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return Math.round(middle(times) * 10) / 10;
}

/** `rows` entries of made-up devices, in the order hubs would have taken them in: batch by batch. */
async function fill(sql: Sql, rows: number): Promise<void> {
  const devices = Math.ceil(rows / perDevice);
  await sql.query(
    `insert into devices select left(md5('d' || d), 22), '{}', '{}', 0
     from generate_series(1, $1::int) d`,
    [devices],
  );
  const entry = JSON.stringify((await someEntries(1))[0]).replaceAll("'", "''");
  for (let from = 0; from < perDevice; from += limits.batchEntries) {
    await sql.query(
      `insert into scans (device, trusted, received_at, seq, at, shift, gate, type, prev, hash, entry)
       select left(md5('d' || d), 22), true, ${begun} + s * 60000::bigint, s,
         ${begun} + s * 60000::bigint, 'shift-' || s / 500, 'gate-' || d,
         case s % 500 when 0 then 'shift-start' when 499 then 'shift-end' else 'scan' end,
         md5(d || 'p' || s) || md5(s || 'p' || d), md5(d || 'h' || s) || md5(s || 'h' || d), '${entry}'
       from generate_series(1, $1::int) d, generate_series($2::int + 1, $2::int + $3::int) s`,
      [devices, from, limits.batchEntries],
    );
  }
  await sql.query('vacuum analyze scans');
}

async function atThisSize(sql: Sql, ask: Ask, device: TestDevice, entries: number) {
  const perSecond: number[] = [];
  for (let run = 0; run < runs; run++) perSecond.push((await measure(ask, entries)).perSecond);
  return {
    'entries taken in per second': middle(perSecond),
    'ms for the shifts of one device': await timed(() =>
      listShifts(sql, { device: device.id, limit: 50 }),
    ),
    'ms for verify-log of one device': await timed(() => verifyLog(sql, device.id)),
    'ms for what one device misses': await timed(() => listMissing(sql, device.id)),
  };
}

/** A device whose log is in place before the table is filled. */
async function oneDevice(ask: Ask): Promise<TestDevice> {
  const device = await enrol(ask);
  const entries = await someEntries(perDevice, device.id);
  for (let at = 0; at < entries.length; at += limits.batchEntries) {
    const batch = await batchOf(device, entries.slice(at, at + limits.batchEntries));
    await ask('/v1/scans', { method: 'POST', body: batch });
  }
  return device;
}

/** Intake and reads before and after `rows` rows of others, on the plain table or the partitioned one. */
export async function bothSizes(
  rows: number,
  entries: number,
  isPartitioned: boolean,
): Promise<object> {
  const bin = postgresBin();
  if (!bin) throw new Error('No PostgreSQL server here (pg_ctl)');
  const server = await startPostgres(bin);
  const sql = await openPostgres(server.url, () => {});
  await migrate(sql);
  if (isPartitioned) await partition(sql, new Date(begun));
  const { app } = await testHub(sql);
  const ask: Ask = (path, init) => app.request(path, init);
  const device = await oneDevice(ask);
  await measure(ask, entries); // warm
  const empty = await atThisSize(sql, ask, device, entries);
  await fill(sql, rows);
  const full = await atThisSize(sql, ask, device, entries);
  const size = await sizeOf(sql);
  await sql.close();
  server.stop();
  return report(empty, full, size);
}

/** Bytes of the rows and of their indexes. */
async function sizeOf(sql: Sql): Promise<Size> {
  const [size] = await sql.query<Size>(
    `select (select count(*) from scans)::int as rows, sum(pg_table_size(oid))::bigint as heap,
       sum(pg_indexes_size(oid))::bigint as indexes
     from pg_class where relkind = 'r' and relname like 'scans%'`,
  );
  return size ?? { rows: 1, heap: 0, indexes: 0 };
}

interface Size {
  readonly rows: number;
  readonly heap: number;
  readonly indexes: number;
}
type Figures = Readonly<Record<string, number>>;

function report(empty: Figures, full: Figures, { rows, heap, indexes }: Size): object {
  const compared = Object.entries(empty).map(([what, before]) => {
    const after = full[what] ?? 0;
    return { what, before, after, ratio: Math.round((after / before) * 100) / 100 };
  });
  console.table(compared);
  const perRow = { heap: Math.round(heap / rows), indexes: Math.round(indexes / rows) };
  console.log(`${rows} rows: ${perRow.heap} bytes a row, and ${perRow.indexes} in indexes`);
  return { rows, perRow, compared };
}
