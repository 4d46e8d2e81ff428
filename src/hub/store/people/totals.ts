import {
  type Outcomes,
  type ShiftSummary,
  type ShiftTally,
  tallyShift,
} from '../../../core/log/shift-summary.ts';
import type { Queries } from '../../../node/database.ts';
import { readEntry } from './count-people.ts';

/**
 * Everybody who came and how it ended, by the same reckoning as the phone's report; `left` went out,
 * and `looks` are codes that were only looked at.
 */
export type HubPeople = Outcomes & {
  readonly people: number;
  readonly left: number;
  readonly looks: number;
};
export const nobody: HubPeople = {
  ...{ people: 0, admitted: 0, refused: 0, notRecorded: 0 },
  ...{ left: 0, looks: 0 },
};

export const addPeople = (a: HubPeople, b: HubPeople): HubPeople => ({
  people: a.people + b.people,
  admitted: a.admitted + b.admitted,
  refused: a.refused + b.refused,
  notRecorded: a.notRecorded + b.notRecorded,
  left: a.left + b.left,
  looks: a.looks + b.looks,
});

/** A number of rows, under a name. */
export const counted = (what: string, name: string): string =>
  `(count(*) filter (where ${what}))::int as "${name}"`;

const ofStates = (said: (state: string) => string): string =>
  ['pass', 'check', 'stop', 'unknown']
    .map((state) => counted(`type = 'scan' and ${said(state)}`, state))
    .join(', ');
/** Columns `pass`, `check`, `stop`, `unknown` of counted entries: how many scans first showed that. */
export const statesOfCounted = ofStates((state) => `state = '${state}'`);
/**
 * The same where the column is not filled yet: it is found in the canonical text, where quotes within a text
 * are escaped, and not by the database's JSON functions: those throw at U+0000 in any member.
 */
export const countStates = ofStates(
  (state) =>
    `case when counted then state = '${state}' else strpos(entry, '"state":"${state}"') > 0 end`,
);

/** Of an entry that stands for a person. */
const cameIn = "dir is distinct from 'out'";

/** Columns of people by how it ended, and `uncounted`: entries of which that is not yet known. */
export const countPeople = [
  counted(`outcome is not null and ${cameIn}`, 'people'),
  counted(`outcome = 'admitted' and ${cameIn}`, 'admitted'),
  counted(`outcome = 'refused' and ${cameIn}`, 'refused'),
  counted(`outcome = 'not-recorded' and ${cameIn}`, 'notRecorded'),
  counted("outcome = 'admitted' and dir = 'out'", 'left'),
  counted("type = 'look'", 'looks'),
  counted('not counted', 'uncounted'),
].join(', ');
export type CountedPeople = HubPeople & { readonly uncounted: number };

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
         and type in ('scan', 'decision', 'manual', 'look') order by seq limit ${stride}`,
      [device, after, ...params],
    );
    for (const { shift, entry } of rows) {
      const read = readEntry(entry);
      const tally = shifts.get(shift) ?? tallyShift();
      shifts.set(shift, tally);
      if (read) tally.add(read);
    }
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < stride) break;
  }
  return [...shifts.values()].map((tally) => ofSummary(tally.summary())).reduce(addPeople, nobody);
}

const ofSummary = ({ left, ...summary }: ShiftSummary): HubPeople =>
  counts({ ...summary, left: left.admitted });

export const counts = ({
  people,
  admitted,
  refused,
  notRecorded,
  left,
  looks,
}: HubPeople): HubPeople => ({ people, admitted, refused, notRecorded, left, looks });
