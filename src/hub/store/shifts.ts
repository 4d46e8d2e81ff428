import type { VerdictState } from '../../core/verify/verdict.ts';
import type { Queries } from '../../node/database.ts';
import { listDevices } from './devices.ts';
import {
  type CountedPeople,
  counted,
  countPeople,
  countStates,
  counts,
  type HubPeople,
  nobody,
  peopleOfDevice,
  statesOfCounted,
} from './people/totals.ts';

/** A shift as the hub knows it. */
export interface HubShift {
  readonly device: string;
  readonly shift: string;
  /** As its entries say: the first in the alphabet, where they say several. */
  readonly gate: string;
  /** The gate its device is enrolled at, when entries say another. */
  readonly enrolledAt?: string;
  /** Its device was revoked, before or since. */
  readonly revoked: boolean;
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  /** Scans by the verdict first shown; decisions later are entries of their own. */
  readonly states: Readonly<Record<VerdictState, number>>;
  /** Everybody who was there and how it ended, by the same reckoning as the phone's report. */
  readonly people: HubPeople;
  /** Its `shift-end` has come. */
  readonly ended: boolean;
  /** Entries that came while the device was trusted. */
  readonly trusted: number;
}

/** The newest shifts first, of one device or of all. */
export async function listShifts(
  sql: Queries,
  { device, limit }: { readonly device?: string; readonly limit: number },
): Promise<HubShift[]> {
  const rows = await sql.query<ShiftRow>(
    `select ${shiftColumns}
     from ${device === undefined ? newestShifts : 'scans where device = $2'} and shift <> ''
     group by device, shift order by max(at) desc limit $1`,
    device === undefined ? [limit] : [limit, device],
  );
  return describeShifts(sql, rows);
}

const columns = `device, shift, min(gate) as gate, max(gate) as other,
  min(at) as from, max(at) as to, ${counted('true', 'entries')}, ${counted('trusted', 'trusted')},
  ${countPeople}, bool_or(type = 'shift-end') as ended`;
/** What is read of a shift's entries, grouped by device and shift. */
export const shiftColumns = `${columns}, ${countStates}`;
/**
 * The same where none is `uncounted`, and too few scans by verdict where one is: all of it stands in one
 * index, so that no entry's own row is read.
 */
export const countedShiftColumns = `${columns}, ${statesOfCounted}`;
export type ShiftRow = Omit<HubShift, 'states' | 'people' | 'revoked' | 'enrolledAt'> &
  Record<VerdictState, number> &
  CountedPeople & { readonly other: string };

/** With what is known of their devices. */
export async function describeShifts(sql: Queries, rows: readonly ShiftRow[]): Promise<HubShift[]> {
  const devices = new Map((await listDevices(sql)).map((one) => [one.id, one]));
  const people = new Map<string, HubPeople>();
  for (const row of rows) people.set(keyOf(row), await peopleOfShift(sql, row));
  return rows.map((row) => {
    const { device, shift, from, to, entries, ended, trusted, other } = row;
    const { pass, check, stop, unknown } = row;
    const { gate, revokedAt } = devices.get(device) ?? {};
    const isElsewhere = gate !== undefined && (row.gate !== gate.id || other !== gate.id);
    return {
      ...{ device, shift, gate: row.gate, from, to, entries, ended, trusted },
      states: { pass, check, stop, unknown },
      people: people.get(keyOf(row)) ?? nobody,
      revoked: revokedAt !== undefined,
      ...(isElsewhere && { enrolledAt: gate.id }),
    };
  });
}

/**
 * From the columns, which tell it as the phone's report does. Not where some of its entries have none
 * yet, nor where its device was revoked in between: there those that came later are reckoned apart.
 */
const peopleOfShift = (sql: Queries, row: ShiftRow): HubPeople | Promise<HubPeople> =>
  row.uncounted > 0 || (row.trusted > 0 && row.trusted < row.entries)
    ? peopleOfDevice(sql, row.device, 'shift = $3', [row.shift])
    : counts(row);

type Key = Pick<HubShift, 'device' | 'shift'>;
const keyOf = ({ device, shift }: Key): string => `${device} ${shift}`;

/** The entries of the shifts that began or ended last, found by their marks and not in the whole log. */
const newestShifts = `
  (select distinct device as of, shift as named from (
     select device, shift from scans where type in ('shift-start', 'shift-end')
     order by at desc limit 2 * $1) as marks) as newest
  join scans on device = of and shift = named and seq >= coalesce(
    (select min(seq) from scans s where s.device = of and s.shift = named and s.type = 'shift-start'), 0)
  where true`;
