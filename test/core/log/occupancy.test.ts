import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryBody, LogEntry } from '../../../src/core/log/entry.ts';
import { parseEntry } from '../../../src/core/log/entry-schema.ts';
import { maxCompanions } from '../../../src/core/log/manual.ts';
import {
  foldOccupancy,
  headCount,
  headsOf,
  isFull,
  type Movement,
  shownInside,
} from '../../../src/core/log/occupancy.ts';
import { peopleOf } from '../../../src/core/log/people.ts';
import { summarizeShift } from '../../../src/core/log/shift-summary.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { someEntries, someScan } from '../../support/log-entries.ts';

const day = epochMillis(1_646_092_800_000);
const noon = epochMillis(day + 12 * 3_600_000);

const entryOf = (seq: number, body: EntryBody, at = noon + seq): LogEntry => ({
  ...{ v: 1, device: 'd', shift: 's', seq, at: epochMillis(at), quality: 'synced', gate: 'g' },
  ...{ app: '1', prev: '0'.repeat(64), hash: '0'.repeat(64) },
  ...body,
});
const scan = (over: object): EntryBody => ({ ...someScan, ...over }) as EntryBody;

const companions = fc.integer({ min: 0, max: maxCompanions });
const dir = fc.constantFrom({}, { dir: 'out' as const });
const look = { ...someScan, type: 'look' } as EntryBody;
/** What a phone writes. */
const body = fc.oneof(
  fc.tuple(companions, dir).map(([n, way]) => scan({ companions: n, ...way })),
  fc.constantFrom<EntryBody>(
    scan({ state: 'stop', reason: 'colour-stop' }),
    scan({ state: 'check', reason: 'notice' }),
    scan({ state: 'check', reason: 'notice', dir: 'out' }),
    look,
    { type: 'shift-start', operator: 'A' },
  ),
  fc.tuple(companions, dir, fc.boolean()).map(
    ([n, way, admitted]): EntryBody => ({
      ...{ type: 'manual', category: 'other', admitted, companions: n },
      ...way,
    }),
  ),
  fc.tuple(fc.nat(30), fc.constantFrom('admitted' as const, 'refused' as const)).map(
    ([ref, outcome]): EntryBody => ({
      ...{ type: 'decision', ref: ref + 1, state: 'check', reason: 'notice', outcome, by: 'guard' },
    }),
  ),
  fc
    .tuple(fc.nat(500), fc.integer({ min: -50, max: 500 }))
    .map(([count, was]): EntryBody => ({ type: 'supervisor', act: 'count-set', count, was })),
);
const log = fc
  .array(body, { maxLength: 40 })
  .map((bodies) => bodies.map((one, i) => entryOf(i + 1, one)));

function movesOf(entries: readonly LogEntry[]): Movement[] {
  const fold = foldOccupancy();
  return entries.flatMap((entry) => fold.step(entry) ?? []);
}
const sum = (moves: readonly Movement[]) => moves.reduce((all, { delta }) => all + delta, 0);
/** What supervisors put right. */
const setIn = (entries: readonly LogEntry[]) =>
  entries.reduce(
    (all, entry) =>
      entry.type === 'supervisor' ? all + (entry.count ?? 0) - (entry.was ?? 0) : all,
    0,
  );

describe('people inside', () => {
  it('are who came in and who came along, less those who left, and what a supervisor put right', () => {
    fc.assert(
      fc.property(log, (entries) => {
        const people = peopleOf(entries).reduce((all, line) => all + headsOf(line), 0);
        expect(sum(movesOf(entries))).toBe(people + setIn(entries));
      }),
    );
  });

  it('are the same as the report says: let in and companions, less left and theirs', () => {
    fc.assert(
      fc.property(log, (entries) => {
        const { admitted, left, companions: along } = summarizeShift(entries);
        const byReport = admitted + along.admitted - left.admitted - left.companions;
        expect(sum(movesOf(entries))).toBe(byReport + setIn(entries));
      }),
    );
  });

  it('are the sum of several phones, in whatever order their logs come', () => {
    fc.assert(
      fc.property(log, log, (a, b) => {
        const told = [...movesOf(b), ...movesOf(a)];
        expect(headCount(told, day, noon).inside).toBe(sum(movesOf(a)) + sum(movesOf(b)));
      }),
    );
  });

  it('are the same by the hub’s word at any point of the log and what was written after it', () => {
    fc.assert(
      fc.property(log, fc.nat(41), fc.integer({ min: -30, max: 300 }), (entries, cut, others) => {
        const moves = movesOf(entries);
        const through = Math.min(cut, entries.length);
        const inside = others + sum(moves.filter(({ seq }) => seq <= through));
        const told = { inside, through, from: day, at: noon };
        const count = headCount(moves, day, noon, told);
        expect(count).toEqual({ inside: others + sum(moves), at: noon });
      }),
    );
  });

  it('are never shown as less than nobody', () => {
    fc.assert(
      fc.property(log, (entries) => {
        expect(shownInside(headCount(movesOf(entries), day, noon))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('a code that is looked at moves nobody, and is a number of its own', () => {
    const entries = [entryOf(1, look), entryOf(2, scan({}))];
    expect(sum(movesOf(entries))).toBe(1);
    expect(summarizeShift(entries)).toMatchObject({ people: 1, admitted: 1, looks: 1 });
  });

  it('who left is no person let in, and stands in no other number', () => {
    const out = [scan({ dir: 'out', reason: 'left', companions: 2 }), scan({})];
    const summary = summarizeShift(out.map((one, i) => entryOf(i + 1, one)));
    expect(summary).toMatchObject({ people: 1, admitted: 1, scanned: 1, companions: { all: 0 } });
    expect(summary.left).toEqual({ admitted: 1, refused: 0, notRecorded: 0, companions: 2 });
  });
});

describe('the day and the hub’s word', () => {
  const moves: Movement[] = [
    { seq: 1, at: epochMillis(day - 1), delta: 40 },
    { seq: 2, at: noon, delta: 2 },
  ];
  const told = { inside: 128, through: 1, from: day, at: noon };

  it('what was counted yesterday is not inside today', () => {
    expect(headCount(moves, day, noon)).toEqual({ inside: 2 });
  });
  it('a word of yesterday is none, and so is one dated ahead by a clock that jumped', () => {
    const before = { ...told, at: epochMillis(day - 1) };
    expect(headCount(moves, day, noon, before)).toEqual({ inside: 2 });
    const ahead = { ...told, at: epochMillis(noon + 3_600_000) };
    expect(headCount(moves, day, noon, ahead)).toEqual({ inside: 2 });
    expect(headCount(moves, day, noon, told)).toEqual({ inside: 130, at: noon });
  });
  it('a clock that is set back by hours leaves the number as it was written', () => {
    const earlier = epochMillis(noon - 5 * 3_600_000);
    expect(headCount(moves, day, earlier).inside).toBe(2);
  });
});

describe('room', () => {
  it('a place for nobody is always full, and one without a number never', () => {
    expect(isFull({ inside: 0 }, 0)).toBe(true);
    expect(isFull({ inside: -4 }, 0)).toBe(true);
    expect(isFull(undefined, 0)).toBe(true);
    expect(isFull({ inside: 9999 }, undefined)).toBe(false);
  });
  it('is over at the number itself', () => {
    expect([199, 200, 201].map((inside) => isFull({ inside }, 200))).toEqual([false, true, true]);
  });
});

describe('hostile entries', () => {
  it.each(['in', 'OUT', '', 'sideways', true, null, 1])('direction %j is refused', async (way) => {
    const [entry] = await someEntries(1);
    expect(parseEntry({ ...entry, dir: way })).toBeUndefined();
    const manual = { ...entry, type: 'manual', category: 'other', admitted: true };
    expect(parseEntry(manual)).toBeDefined();
    expect(parseEntry({ ...manual, dir: way })).toBeUndefined();
  });
  it.each([
    { count: -1, was: 0 },
    { count: 1.5, was: 0 },
    { count: 1e9, was: 0 },
    { count: 0, was: -1e9 },
    { count: '5', was: 0 },
  ])('a count set to %j is refused', async (said) => {
    const [entry] = await someEntries(1);
    const set = { ...entry, type: 'supervisor', act: 'count-set' };
    expect(parseEntry({ ...set, count: 5, was: -3 })).toBeDefined();
    expect(parseEntry({ ...set, ...said })).toBeUndefined();
  });
  it('one who leaves takes no more along than a guard can enter', () => {
    const [line] = peopleOf([entryOf(1, scan({ dir: 'out', companions: 1e15 }))]);
    expect(line && headsOf(line)).toBe(-1 - maxCompanions);
  });
  it('a count that says half of what it needs changes nothing', () => {
    const half = entryOf(1, { type: 'supervisor', act: 'count-set', count: 500 });
    expect(movesOf([half])).toEqual([]);
  });
});
