import type { Queries } from '../../../node/database.ts';
import { describeShifts, type HubShift, type ShiftRow, shiftColumns } from '../shifts.ts';
import { conditionsOf } from './search.ts';

/** An entry between the first and the last of a shift. */
export interface ShiftEntry {
  readonly seq: number;
  readonly shift: string;
  readonly gate: string;
  readonly trusted: boolean;
  readonly prev: string;
  readonly hash: string;
  /** Canonical JSON, as it was signed. */
  readonly text: string;
}

/** A shift in numbers; undefined where nothing of it has come. */
export async function findShift(
  sql: Queries,
  device: string,
  shift: string,
): Promise<HubShift | undefined> {
  if (shift === '') return undefined;
  const where = conditionsOf({ area: undefined, device, shift });
  const rows = await sql.query<ShiftRow>(
    `select ${shiftColumns} from scans where ${where.text()} group by device, shift`,
    where.params,
  );
  const [found] = await describeShifts(sql, rows);
  return found;
}

/** Everything of a shift, and what of the same log lies between. */
export async function shiftEntries(sql: Queries, device: string, shift: string) {
  const where = conditionsOf({ area: undefined, device, shift });
  const of = where.value(device);
  const between = await sql.query<ShiftEntry>(
    `select seq, shift, gate, trusted, prev, hash, entry as text from scans,
       (select min(seq) as low, max(seq) as high from scans where ${where.text()}) as ends
     where device = ${of} and seq >= low and seq <= high order by seq`,
    where.params,
  );
  const [head] = await sql.query<{ seq: number }>(
    'select seq from device_heads where device = $1 and receipt is not null',
    [device],
  );
  return {
    between,
    own: between.filter((one) => one.shift === shift),
    receiptedThrough: head?.seq ?? 0,
  };
}
