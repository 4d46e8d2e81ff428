import type { LogEntry } from '../../../core/log/entry.ts';
import { maxCompanions } from '../../../core/log/manual.ts';
import { countSet } from '../../../core/log/occupancy.ts';
import { foldPeople, type PeopleFold, type PersonLine } from '../../../core/log/people.ts';
import type { DecidedOn } from '../../../core/log/shift-summary.ts';
import { columnText } from '../column-text.ts';
import { wayOf } from './entry-columns.ts';

/**
 * Whether a person is counted among a gate's own: `counted`; `revoked`: the entry came after its
 * device was revoked; `elsewhere`: the entry says another gate than its device is enrolled at.
 */
export type Standing = 'counted' | 'revoked' | 'elsewhere';

/** What people are counted by. Texts as columns hold them; `''` where there is none. */
export interface HourKey {
  /** As the entry says that began the person's line. */
  readonly gate: string;
  /** Beginning of the whole hour (UTC) in which the person came, in milliseconds. */
  readonly hour: number;
  readonly standing: Standing;
  /** `look`: a code was looked at, and nobody moved; `set`: a supervisor put the head count right. */
  readonly dir: 'in' | 'out' | 'look' | 'set';
  /** How it was decided: by the verdict as it ended, or on a form. */
  readonly state: DecidedOn;
  /** Of the verdict as it ended. */
  readonly reason: string;
  readonly issuer: string;
  readonly outcome: PersonLine['outcome'];
}

/** What an upload adds to the row of a key, or takes away. */
export interface HourChange extends HourKey {
  readonly count: number;
  readonly companions: number;
}

/** An array for each column that both tables of sums have, in their order. */
export const hourColumns = (
  changes: readonly Omit<HourChange, 'gate' | 'companions'>[],
): readonly (readonly (string | number)[])[] => [
  changes.map(({ hour }) => hour),
  changes.map(({ standing }) => standing),
  changes.map(({ dir }) => dir),
  changes.map(({ state }) => state),
  changes.map(({ reason }) => reason),
  changes.map(({ issuer }) => issuer),
  changes.map(({ outcome }) => outcome),
  changes.map(({ count }) => count),
];

/** A person as the hub counts one. */
export interface Person extends HourKey {
  /** Seq of the entry that stands for the person. */
  readonly seq: number;
  readonly companions: number;
  /** 0 for a head count put right: its difference stands in `companions`. Absent: one. */
  readonly count?: 0 | 1;
}

/** An entry of one device that is in the counts, or comes in. */
export interface Counted {
  readonly entry: LogEntry;
  readonly trusted: boolean;
}

/** Where a device stands, and what of its log is forgotten. */
export interface Place {
  /** Id of the gate it is enrolled at. */
  readonly gate: string;
  /** Seq of the last entry forgotten; 0 when none is. */
  readonly forgotten: number;
}

const hourMs = 3_600_000;
/** An entry may claim any number; no more are added up than a guard can enter, on the phone as here. */
const mostCompanions = maxCompanions;

/**
 * The people of entries given in the order of the log, by the phone's own reckoning (`core/log/people.ts`),
 * shift by shift. Entries that came after a revocation are reckoned apart: they say nothing of people
 * who were counted while the device was trusted. A form about somebody whose scan was forgotten begins
 * nobody: that person is in the sums already.
 */
export function reckon({ gate, forgotten }: Place) {
  const folds = new Map<string, { readonly fold: PeopleFold; readonly trusted: boolean }>();
  const others: Person[] = [];
  const standingOf = (at: string, trusted: boolean): Standing =>
    at === gate ? (trusted ? 'counted' : 'revoked') : 'elsewhere';
  return {
    add({ entry, trusted }: Counted): void {
      const other = otherOf(entry, standingOf(entry.gate, trusted));
      if (other) others.push(other);
      const name = `${trusted} ${entry.shift}`;
      const group = folds.get(name) ?? { fold: foldPeople(), trusted };
      folds.set(name, group);
      group.fold.step(entry);
    },
    people(): Map<number, Person> {
      const people = new Map<number, Person>();
      for (const { fold, trusted } of folds.values()) {
        for (const line of fold.lines()) {
          if (isCountedBefore(line, forgotten)) continue;
          people.set(line.seq, personOf(line, standingOf(line.gate, trusted)));
        }
      }
      return people;
    },
    /** What is counted and is nobody who came or left: no entry stands for a person by it. */
    others: (): readonly Person[] => others,
  };
}

function otherOf(entry: LogEntry, standing: Standing): Person | undefined {
  const { seq, at, gate } = entry;
  const place = { seq, gate: columnText(gate), hour: hourOf(at), standing };
  if (entry.type === 'look') {
    const { state, reason, iss = '' } = entry;
    const said = { state, reason: columnText(reason), issuer: columnText(iss) };
    return { ...place, ...said, dir: 'look', outcome: 'not-recorded', companions: 0 };
  }
  const companions = countSet(entry);
  if (companions === undefined) return undefined;
  const said = { state: 'byHand', reason: '', issuer: '', outcome: 'admitted' } as const;
  return { ...place, ...said, dir: 'set', companions, count: 0 };
}

const hourOf = (at: number): number => Math.floor(at / hourMs) * hourMs;

function isCountedBefore({ scan, manual, seq }: PersonLine, forgotten: number): boolean {
  return !scan && manual?.seq === seq && (manual.ref ?? seq) <= forgotten;
}

function personOf(line: PersonLine, standing: Standing): Person {
  const { seq, gate, at, scan, manual, state, reason, outcome, companions } = line;
  const first = scan ?? manual;
  return {
    seq,
    gate: columnText(gate),
    hour: hourOf(at),
    standing,
    dir: first ? wayOf(first) : 'in',
    state: manual || !state ? 'byHand' : state,
    reason: columnText(reason ?? ''),
    issuer: columnText(scan?.iss ?? ''),
    outcome,
    companions: Math.min(companions, mostCompanions),
  };
}
