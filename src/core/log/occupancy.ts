import type { EpochMillis } from '../units.ts';
import type { LogEntry } from './entry.ts';
import { maxCompanions } from './manual.ts';
import { foldPeople, type PersonLine } from './people.ts';

/** What an entry does to the number of people inside: protocol 12. */
export interface Movement {
  /** Of the entry that says it. */
  readonly seq: number;
  /** When the person was there: the day it counts to, however late it was said. */
  readonly at: EpochMillis;
  readonly delta: number;
}

/** The hub's signed word on a place: what all of its gates had sent by then. */
export interface ToldCount {
  readonly inside: number;
  /** Seq of this phone's last entry that is in it. */
  readonly through: number;
  /** Beginning of the day it counts, and when it was counted. */
  readonly from: EpochMillis;
  readonly at: EpochMillis;
}

export interface HeadCount {
  /** Below zero: counted wrong. */
  readonly inside: number;
  /** When the hub last said what other gates had counted; absent: this phone's own gate alone. */
  readonly at?: EpochMillis;
}

/**
 * How many more are inside by this person: one and who came along, less where they left. An entry may
 * claim any number of companions; no more count than a guard can enter.
 */
export function headsOf({
  outcome,
  dir,
  companions,
}: Pick<PersonLine, 'outcome' | 'dir' | 'companions'>): number {
  if (outcome !== 'admitted') return 0;
  const heads = 1 + Math.min(companions, maxCompanions);
  return dir === 'out' ? -heads : heads;
}

/** By how much a supervisor's own count puts the number right; undefined for any other entry. */
export function countSet(entry: LogEntry): number | undefined {
  if (entry.type !== 'supervisor' || entry.act !== 'count-set') return undefined;
  const { count, was } = entry;
  return count === undefined || was === undefined ? undefined : count - was;
}

/**
 * The movements of one device's log, entry by entry. Sums alone: nobody is followed from in to out.
 * Adding is the only arithmetic, so it does not matter in which order logs of several phones come.
 */
export function foldOccupancy(): { step(entry: LogEntry): Movement | undefined } {
  const people = foldPeople();
  return {
    step(entry) {
      const set = countSet(entry);
      if (set !== undefined) return { seq: entry.seq, at: entry.at, delta: set };
      const change = people.step(entry);
      if (!change) return undefined;
      const { before, after } = change;
      const delta = headsOf(after) - (before ? headsOf(before) : 0);
      return delta === 0 ? undefined : { seq: entry.seq, at: after.at, delta };
    },
  };
}

/**
 * How many are inside since the day began: the hub's word and what this phone wrote after it, or what
 * this phone wrote alone. A word of another day, or dated ahead of now, is none.
 */
export function headCount(
  moves: Iterable<Movement>,
  day: EpochMillis,
  now: EpochMillis,
  told?: ToldCount,
): HeadCount {
  const word = told && told.at >= day && told.at <= now + aheadMs ? told : undefined;
  const from = word ? word.from : day;
  let inside = word?.inside ?? 0;
  for (const { seq, at, delta } of moves) {
    if (at >= from && (word === undefined || seq > word.through)) inside += delta;
  }
  return { inside, ...(word && { at: word.at }) };
}

/** A hub's clock may be so much ahead of the phone's. */
const aheadMs = 60_000;

/** What is shown of it: nobody is ever inside less than nobody. */
export const shownInside = ({ inside }: HeadCount): number => Math.max(0, inside);

/** No room for one more. A place for nobody is full before anybody is counted. */
export const isFull = (count: HeadCount | undefined, capacity: number | undefined): boolean =>
  capacity !== undefined && (count ? shownInside(count) : 0) >= capacity;

const hourMs = 3_600_000;
const minuteMs = 60_000;

/**
 * Beginning of the local day, in milliseconds. `offsetMinutes` is how far local time is ahead of UTC.
 * Where that is no whole number of hours, an hour of the sums belongs to the day its beginning is in.
 */
export function dayBegin(at: EpochMillis, offsetMinutes: number): EpochMillis {
  const shift = offsetMinutes * minuteMs;
  const begin = Math.floor((at + shift) / (24 * hourMs)) * 24 * hourMs - shift;
  return (Math.ceil(begin / hourMs) * hourMs) as EpochMillis;
}
