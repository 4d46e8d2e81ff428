import { parseEntry } from '../../core/log/entry-schema.ts';
import { type Outcomes, type ShiftTally, tallyShift } from '../../core/log/shift-summary.ts';
import type { VerdictState } from '../../core/verify/verdict.ts';
import type { Queries } from '../../node/database.ts';
import { listDevices } from './devices.ts';

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
  const rows = await sql.query<Row>(
    `select device, shift, min(gate) as gate, max(gate) as other, min(at) as from, max(at) as to, ${counted('true', 'entries')},
       ${counted('trusted', 'trusted')}, bool_or(type = 'shift-end') as ended, ${countStates}
     from ${device === undefined ? newestShifts : 'scans where device = $2'} and shift <> ''
     group by device, shift order by max(at) desc limit $1`,
    device === undefined ? [limit] : [limit, device],
  );
  const devices = new Map((await listDevices(sql)).map((one) => [one.id, one]));
  const people = new Map<string, HubShift['people']>();
  for (const row of rows) {
    people.set(keyOf(row), await peopleOfDevice(sql, row.device, 'shift = $3', [row.shift]));
  }
  return rows.map(({ pass, check, stop, unknown, other, ...shift }) => {
    const { gate, revokedAt } = devices.get(shift.device) ?? {};
    const isElsewhere = gate !== undefined && (shift.gate !== gate.id || other !== gate.id);
    return {
      ...shift,
      states: { pass, check, stop, unknown },
      people: people.get(keyOf(shift)) ?? nobody,
      revoked: revokedAt !== undefined,
      ...(isElsewhere && { enrolledAt: gate.id }),
    };
  });
}

type Row = Omit<HubShift, 'states' | 'people' | 'revoked' | 'enrolledAt'> &
  Record<VerdictState, number> & { readonly other: string };

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

const counted = (what: string, name: string): string =>
  `(count(*) filter (where ${what}))::int as "${name}"`;

/**
 * Columns `pass`, `check`, `stop`, `unknown`: how many scans first showed that. Found in the canonical
 * text, where quotes within a text are escaped, and not by the database's JSON functions: those throw
 * at U+0000 in any member, and one entry would end the command for everybody.
 */
export const countStates = ['pass', 'check', 'stop', 'unknown']
  .map((state) => counted(`type = 'scan' and strpos(entry, '"state":"${state}"') > 0`, state))
  .join(', ');

/** Everybody who was there and how it ended, by the same reckoning as the phone's report. */
export type HubPeople = Outcomes & { readonly people: number };
export const nobody: HubPeople = { people: 0, admitted: 0, refused: 0, notRecorded: 0 };

export const addPeople = (a: HubPeople, b: HubPeople): HubPeople => ({
  people: a.people + b.people,
  admitted: a.admitted + b.admitted,
  refused: a.refused + b.refused,
  notRecorded: a.notRecorded + b.notRecorded,
});

/** Entries read in one go. */
const stride = 2000;

/**
 * Reads what entries of a device say of people, piece by piece, shift by shift: a later shift's word
 * about an earlier one's person counts for neither, as on the phone. An entry nobody can read says nothing.
 * `where` adds conditions from `$3` on, for `params`.
 */
export async function peopleOfDevice(
  sql: Queries,
  device: string,
  where: string,
  params: readonly (string | number)[],
): Promise<HubPeople> {
  const shifts = new Map<string, ShiftTally>();
  for (let after = 0; ; ) {
    const rows = await sql.query<{ seq: number; shift: string; entry: string }>(
      `select seq, shift, entry from scans where device = $1 and seq > $2 and ${where}
         and type in ('scan', 'decision', 'manual') order by seq limit ${stride}`,
      [device, after, ...params],
    );
    for (const { shift, entry } of rows) {
      const read = parseEntry(readJson(entry));
      const tally = shifts.get(shift) ?? tallyShift();
      shifts.set(shift, tally);
      if (read) tally.add(read);
    }
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < stride) break;
  }
  return [...shifts.values()]
    .map((tally) => tally.summary())
    .map(counts)
    .reduce(addPeople, nobody);
}

const counts = ({ people, admitted, refused, notRecorded }: HubPeople): HubPeople => ({
  people,
  admitted,
  refused,
  notRecorded,
});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
