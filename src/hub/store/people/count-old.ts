import { isObject } from '../../../core/json.ts';
import type { Queries, Sql } from '../../../node/database.ts';
import { together } from '../../../node/together.ts';
import { lockHead } from '../log-store.ts';
import { countPeople, readEntry } from './count-people.ts';
import { columnsOf, entryColumnNames } from './entry-columns.ts';
import { hoursStatements } from './gate-hours.ts';
import { columnArrays, movePeople, personColumnNames } from './person-columns.ts';

/** Rows counted in one transaction, during which the device's uploads wait. */
const stride = 500;

interface OldRow {
  readonly seq: number;
  readonly trusted: boolean;
  readonly entry: string;
}

/**
 * Counts a stretch of the entries that were stored before the hub counted any, just as if they came in
 * now. All or nothing, so that it may be cut off at any time and done by several hubs at once. Returns
 * how many; 0 when there are none left, or another hub was faster.
 */
export async function countOldEntries(sql: Sql, limit = stride): Promise<number> {
  const device = await nextDevice(sql);
  return device === undefined ? 0 : sql.transaction((tx) => countStretch(tx, device, limit));
}

async function nextDevice(sql: Queries): Promise<string | undefined> {
  const [row] = await sql.query<{ device: string }>(
    'select device from scans where not counted order by device, seq limit 1',
  );
  return row?.device;
}

/** The same within a transaction; also takes the device's lock. */
export async function countStretch(tx: Queries, device: string, limit = stride): Promise<number> {
  const { forgotten, last } = await lockHead(tx, device);
  const rows = await tx.query<OldRow>(
    `select seq, trusted, entry from scans where device = $1 and not counted
     order by seq limit $2`,
    [device, limit],
  );
  if (rows.length === 0) return 0;
  const read = rows.map((row) => ({ ...row, read: readEntry(row.entry) }));
  const fresh = read.flatMap(({ read: entry, trusted }) => (entry ? [{ entry, trusted }] : []));
  const place = { gate: await gateOf(tx, device), forgotten: forgotten.seq };
  // whatever was counted meanwhile may be about these, so no shortcut: as if all lay behind them
  const counts = await countPeople(tx, device, fresh, { ...place, last: Number.MAX_SAFE_INTEGER });
  const said = read.map(({ read: entry }) => columnsOf(entry));
  const ended = rows.map(({ seq }) => counts.columns(seq));
  await tx.query(
    `update scans set counted = true, state = n.state, reason = n.reason, issuer = n.issuer,
       jti = n.jti, kind = n.kind, dir = n.dir,
       outcome = n.outcome, end_state = n.end_state, end_reason = n.end_reason, root = n.root
     from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
         $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[])
       as n (seq, state, reason, issuer, jti, kind, dir, outcome, end_state, end_reason, root)
     where scans.device = $1 and scans.seq = n.seq`,
    [
      device,
      rows.map(({ seq }) => seq),
      ...columnArrays(said, entryColumnNames),
      ...columnArrays(ended, personColumnNames),
    ],
  );
  await movePeople(tx, device, counts.moved);
  const highest = Math.max(last, rows.at(-1)?.seq ?? 0);
  await tx.query('update device_heads set last_seq = $2 where device = $1', [device, highest]);
  await together(tx, hoursStatements(counts.hours));
  return rows.length;
}

/** Read leniently: a device that a newer hub described counts too. */
async function gateOf(tx: Queries, device: string): Promise<string> {
  const [row] = await tx.query<{ gate: string }>('select gate from devices where id = $1', [
    device,
  ]);
  const gate: unknown = JSON.parse(row?.gate ?? '{}');
  return isObject(gate) && typeof gate['id'] === 'string' ? gate['id'] : '';
}
