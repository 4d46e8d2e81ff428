import type { EpochMillis } from '../units.ts';
import { epochMillis } from '../units.ts';
import type { Reason, VerdictState } from '../verify/verdict.ts';
import type { LogEntry } from './entry.ts';
import { foldPeople, type PersonLine } from './people.ts';

/** People by how it ended; `notRecorded`: nobody said it. */
export interface Outcomes {
  readonly admitted: number;
  readonly refused: number;
  readonly notRecorded: number;
}

/** How it was decided: by the verdict of a code, or on a form, whatever code was tried before. */
export type DecidedOn = VerdictState | 'byHand';

/** Whose word an outcome is; `other`: somebody only a later version has a word for. */
export type Decider = NonNullable<PersonLine['by']> | 'other';
const deciders = ['scanner', 'guard', 'supervisor', 'other'] as const;

/**
 * A shift in numbers: everybody who came counts once (`people.ts`), whatever it took to decide. Who
 * left, and codes that were looked at, are numbers of their own and in no other.
 * `admitted + refused + notRecorded = people`; all of `verdicts` together is `people` too, all of
 * `deciders` is `admitted + refused`, and the `hours` together are `people`.
 */
export interface ShiftSummary extends Outcomes {
  /** Everybody who came to the gate, without their companions. */
  readonly people: number;
  /** Who showed a code; `reasons` add up to this. The others were entered by hand without one. */
  readonly scanned: number;
  /** Each person in one row (how it was decided) and one column (how it ended). */
  readonly verdicts: Readonly<Record<DecidedOn, Outcomes>>;
  readonly deciders: Readonly<Record<Decider, Omit<Outcomes, 'notRecorded'>>>;
  /** Reason of the last verdict. Most frequent first, then by name; so are the issuers. */
  readonly reasons: readonly { readonly reason: Reason; readonly people: number }[];
  /** Of codes with a good signature; the others have no issuer. */
  readonly issuers: readonly { readonly issuer: string; readonly people: number }[];
  /** Whole hours (UTC) in which somebody came, ascending; the quiet ones are absent. */
  readonly hours: readonly { readonly from: EpochMillis; readonly people: number }[];
  /** People whose outcome was taken back at least once. */
  readonly corrected: number;
  /** People with a temperature in degrees. */
  readonly measured: number;
  /** People found warm, measured or by somebody's word. */
  readonly fever: number;
  /** Who came along: with everybody, and with those who were let in. */
  readonly companions: { readonly all: number; readonly admitted: number };
  /** People on the way out: gone, held back where exits are checked, or nobody said it; who went along. */
  readonly left: Outcomes & { readonly companions: number };
  /** Codes looked at by a supervisor or an inspector: nobody went in or out by them. */
  readonly looks: number;
}

/** A summary that grows with the log, entry by entry, without reading what came before. */
export interface ShiftTally {
  add(entry: LogEntry): void;
  /** The people counted, in the order they came, by the seq of the entry that began each. */
  readonly people: ReadonlyMap<number, PersonLine>;
  summary(): ShiftSummary;
}

/** The numbers of these entries. */
export function summarizeShift(entries: Iterable<LogEntry>): ShiftSummary {
  const tally = tallyShift();
  for (const entry of entries) tally.add(entry);
  return tally.summary();
}

/** Numbers that several tallies add to: logs of several devices, whose seqs say nothing to each other. */
export type ShiftSums = Map<string, number>;

/** A line that changes is taken out as it was and put in as it is: adding is the only arithmetic. */
export function tallyShift(sums: ShiftSums = new Map()): ShiftTally {
  const fold = foldPeople();
  const count = (line: PersonLine, sign: 1 | -1): void => {
    for (const [name, n] of countsOf(line)) sums.set(name, (sums.get(name) ?? 0) + sign * n);
  };
  return {
    add(entry) {
      const change = fold.step(entry);
      if (change?.before) count(change.before, -1);
      if (change) count(change.after, 1);
      if (entry.type === 'look') sums.set('looks', (sums.get('looks') ?? 0) + 1);
    },
    people: fold.bySeq,
    summary: () => summaryOf(sums),
  };
}

const hourMs = 3_600_000;
const outcomeNames = {
  admitted: 'admitted',
  refused: 'refused',
  'not-recorded': 'notRecorded',
} as const;

/** What one person adds, to which sums. */
function* countsOf(line: PersonLine): Iterable<[string, number]> {
  const { outcome, by, state, reason, scan, at, companions } = line;
  const ended = outcomeNames[outcome];
  if (line.dir === 'out') {
    yield [`left ${ended}`, 1];
    if (outcome === 'admitted') yield ['left companions', companions];
    return;
  }
  yield ['people', 1];
  yield [ended, 1];
  yield [`${line.manual || !state ? 'byHand' : state} ${ended}`, 1];
  if (by) yield [`by ${deciders.includes(by) ? by : 'other'} ${ended}`, 1];
  if (scan) yield ['scanned', 1];
  if (reason !== undefined) yield [`reason ${reason}`, 1];
  if (scan?.iss !== undefined) yield [`issuer ${scan.iss}`, 1];
  yield [`hour ${Math.floor(at / hourMs) * hourMs}`, 1];
  if (line.corrections > 0) yield ['corrected', 1];
  if (line.temperatureC !== undefined) yield ['measured', 1];
  if (line.fever) yield ['fever', 1];
  yield ['companions', companions];
  if (outcome === 'admitted') yield ['companions admitted', companions];
}

/** The numbers that these sums are. */
export function summaryOf(sums: ReadonlyMap<string, number>): ShiftSummary {
  const sum = (name: string): number => sums.get(name) ?? 0;
  const outcomes = (of: string): Outcomes => ({
    admitted: sum(`${of}admitted`),
    refused: sum(`${of}refused`),
    notRecorded: sum(`${of}notRecorded`),
  });
  const decider = (name: Decider) => ({
    admitted: sum(`by ${name} admitted`),
    refused: sum(`by ${name} refused`),
  });
  const byHour = under(sums, 'hour ').map(([at, people]) => [Number(at), people] as const);
  return {
    people: sum('people'),
    ...outcomes(''),
    scanned: sum('scanned'),
    verdicts: {
      pass: outcomes('pass '),
      check: outcomes('check '),
      stop: outcomes('stop '),
      unknown: outcomes('unknown '),
      byHand: outcomes('byHand '),
    },
    deciders: {
      scanner: decider('scanner'),
      guard: decider('guard'),
      supervisor: decider('supervisor'),
      other: decider('other'),
    },
    reasons: mostFirst(sums, 'reason ').map(([reason, people]) => ({
      reason: reason as Reason,
      people,
    })),
    issuers: mostFirst(sums, 'issuer ').map(([issuer, people]) => ({ issuer, people })),
    hours: byHour
      .sort(([a], [b]) => a - b)
      .map(([from, people]) => ({ from: epochMillis(from), people })),
    corrected: sum('corrected'),
    measured: sum('measured'),
    fever: sum('fever'),
    companions: { all: sum('companions'), admitted: sum('companions admitted') },
    left: { ...outcomes('left '), companions: sum('left companions') },
    looks: sum('looks'),
  };
}

/** The sums with this beginning, without it and without those that have come to nothing. */
const under = (sums: ReadonlyMap<string, number>, beginning: string): [string, number][] =>
  [...sums].flatMap(([name, n]) =>
    n > 0 && name.startsWith(beginning) ? [[name.slice(beginning.length), n]] : [],
  );

const mostFirst = (sums: ReadonlyMap<string, number>, beginning: string): [string, number][] =>
  under(sums, beginning).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

/** People by the verdict of their code, without those decided on a form. */
export function verdictTotals({ verdicts }: ShiftSummary): Readonly<Record<VerdictState, number>> {
  const { pass, check, stop, unknown } = verdicts;
  return { pass: all(pass), check: all(check), stop: all(stop), unknown: all(unknown) };
}
const all = ({ admitted, refused, notRecorded }: Outcomes): number =>
  admitted + refused + notRecorded;
