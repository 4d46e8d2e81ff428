import type { EpochMillis } from '../units.ts';
import type { Reason, VerdictState } from '../verify/verdict.ts';
import type { DecisionBody, EntryBase, LogEntry, ManualBody, ScanEntry } from './entry.ts';
import type { Outcome } from './outcome.ts';

/** One person at the gate, whatever it took to decide: a scan, what people said of it, a form filled in by hand. */
export interface PersonLine {
  /** Seq of the entry that began it. */
  readonly seq: number;
  /** When the person was there. */
  readonly at: EpochMillis;
  readonly shift: string;
  readonly gate: string;
  /** On the way out, as the entry says that began it; absent: in. */
  readonly dir?: 'out';
  /** Absent for somebody who showed no code. */
  readonly scan?: ScanEntry;
  readonly manual?: EntryBase & ManualBody;
  /** The verdict as it ended; absent without a scan. */
  readonly state?: VerdictState;
  readonly reason?: Reason;
  /** `not-recorded`: nobody said it; the battery died, or the app was closed, with the card up. */
  readonly outcome: Outcome | 'not-recorded';
  /** Whose word the outcome is; absent when there is none. */
  readonly by?: 'scanner' | 'guard' | 'supervisor';
  /** A word of `refusals` or `overrideReasons`, `kioskRefusal`, or of a later version. */
  readonly why?: string;
  /** Seq of the entry that said the outcome. */
  readonly saidBy?: number;
  readonly temperatureC?: number;
  /** Warm, by a measurement or by somebody's word without one. */
  readonly fever: boolean;
  readonly companions: number;
  /** How often the outcome was taken back. */
  readonly corrections: number;
}

/** What an entry did to a line; `before` is absent where it began one. */
export interface LineChange {
  readonly before?: PersonLine;
  readonly after: PersonLine;
}

/** The lines of a log that is read, or written, entry by entry. Holds every line it has seen. */
export interface PeopleFold {
  /** Takes the next entry; `undefined` for one that changes nobody's line. */
  step(entry: LogEntry): LineChange | undefined;
  /** All lines so far, in the order the people came. */
  lines(): PersonLine[];
  /** The same by the seq of the entry that began each; grows with the fold. */
  readonly bySeq: ReadonlyMap<number, PersonLine>;
}

/**
 * One line a person, entry by entry (protocol 6). A `decision`, and a `manual` that has a `ref`, belong
 * to the line they refer to; what they refer to may be missing: such a decision is about nobody here.
 */
export function foldPeople(): PeopleFold {
  const lines = new Map<number, PersonLine>();
  /** Seq of the line to which each entry belongs. */
  const lineOf = new Map<number, number>();
  return {
    step(entry) {
      const of = refOf(entry);
      const seq = of === undefined ? undefined : lineOf.get(of);
      const before = seq === undefined ? undefined : lines.get(seq);
      const after = before ? continued(before, entry) : begun(entry);
      if (!after) return undefined;
      lines.set(after.seq, after);
      lineOf.set(entry.seq, after.seq);
      return { after, ...(before && { before }) };
    },
    lines: () => [...lines.values()],
    bySeq: lines,
  };
}

/** The people of these entries, one line each, in the order they came. */
export function peopleOf(entries: Iterable<LogEntry>): PersonLine[] {
  const fold = foldPeople();
  for (const entry of entries) fold.step(entry);
  return fold.lines();
}

const refOf = (entry: LogEntry): number | undefined =>
  entry.type === 'decision' || entry.type === 'manual' ? entry.ref : undefined;

function begun(entry: LogEntry): PersonLine | undefined {
  if (entry.type === 'scan') return scanned(entry);
  if (entry.type !== 'manual') return undefined;
  const { seq, at, shift, gate, dir } = entry;
  const nobodyYet = {
    outcome: 'not-recorded',
    fever: false,
    companions: 0,
    corrections: 0,
  } as const;
  return registered({ seq, at, shift, gate, ...(dir && { dir }), ...nobodyYet }, entry);
}

function continued(line: PersonLine, entry: LogEntry): PersonLine | undefined {
  if (entry.type === 'manual') return registered(line, entry);
  return entry.type === 'decision' ? decided(line, entry) : undefined;
}

function scanned(scan: ScanEntry): PersonLine {
  const { seq, at, shift, gate, state, reason, temperatureC, companions = 0, dir } = scan;
  const implied = impliedBy(state, 'scanner', seq);
  const fever = reason === 'temperature-high';
  const { outcome } = implied;
  const line = {
    seq,
    at,
    shift,
    gate,
    ...(dir && { dir }),
    scan,
    state,
    reason,
    outcome,
    fever,
    companions,
    corrections: 0,
  };
  return { ...line, ...implied, ...measured(temperatureC) };
}

function registered(line: PersonLine, manual: EntryBase & ManualBody): PersonLine {
  const { admitted, note, temperatureC, high, companions, seq } = manual;
  return {
    ...withoutWhy(line),
    manual,
    outcome: admitted ? 'admitted' : 'refused',
    by: 'guard',
    saidBy: seq,
    ...(note !== undefined && { why: note }),
    ...measured(temperatureC),
    fever: high === true || note === 'fever',
    companions: companions ?? line.companions,
  };
}

function decided(line: PersonLine, entry: EntryBase & DecisionBody): PersonLine {
  const { state, reason, companions, corrects, seq } = entry;
  const isNews = entry.outcome !== undefined || state !== line.state || reason !== line.reason;
  const next: PersonLine = {
    ...line,
    ...(line.scan && { state, reason }),
    ...measured(entry.temperatureC),
    companions: companions ?? line.companions,
    corrections: line.corrections + (corrects === undefined ? 0 : 1),
  };
  if (!isNews) return next; // companions alone
  const fever = entry.high === true || reason === 'temperature-high' || entry.why === 'fever';
  return { ...withoutWhy(next), fever, ...saidBy(entry, seq) };
}

/** Entries of the first version say no outcome: there a `pass` went in, and a `stop` did not. */
function saidBy({ outcome, by = 'guard', why, state }: DecisionBody, seq: number) {
  if (outcome === undefined) return impliedBy(state, 'guard', seq);
  // a word of a later version: somebody decided, and what is not known here
  const known = outcome === 'admitted' || outcome === 'refused' ? outcome : 'not-recorded';
  return { outcome: known, by, saidBy: seq, ...(why !== undefined && { why }) } as const;
}

function impliedBy(state: VerdictState, by: 'scanner' | 'guard', seq: number) {
  if (state === 'pass') return { outcome: 'admitted', by, saidBy: seq } as const;
  if (state === 'stop') return { outcome: 'refused', by, saidBy: seq } as const;
  return { outcome: 'not-recorded' } as const;
}

const measured = (temperatureC: number | undefined) =>
  temperatureC === undefined ? {} : { temperatureC };

function withoutWhy({ why: _, ...line }: PersonLine): PersonLine {
  return line;
}
