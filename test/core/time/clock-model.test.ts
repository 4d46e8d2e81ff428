import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClockReading,
  type ClockState,
  observe,
  persistClock,
  raiseFloor,
  readClock,
  startClock,
  syncClock,
} from '../../../src/core/time/clock-model.ts';
import { epochMillis, epochSeconds, monotonicMillis } from '../../../src/core/units.ts';

const second = 1000;
const hour = 3600 * second;
const noon = 1_800_000_000 * second;

/** The device `wall` and `mono` ms after the start of the story. */
const reading = (wall: number, mono = wall): ClockReading => ({
  wall: epochMillis(noon + wall),
  monotonic: monotonicMillis(77 + mono),
});

/** A clock synced at the start of the story. */
function synced(): ClockState {
  const zero = reading(0);
  const state = syncClock(startClock(zero), {
    t: epochSeconds(noon / second),
    sent: zero,
    received: zero,
  });
  if (typeof state === 'string') throw new Error(state);
  return state;
}
const look = (state: ClockState, at: ClockReading): ClockState => observe(state, at);
const qualityAt = (state: ClockState, at: ClockReading) => readClock(look(state, at), at).quality;

describe('quality', () => {
  test.each([
    [0, 'synced'],
    [12 * hour - 1, 'synced'],
    [12 * hour, 'held'],
    [72 * hour, 'held'],
    [72 * hour + 1, 'bad'],
  ])('%i ms after a sync is %s', (ms, quality) => {
    expect(qualityAt(synced(), reading(ms))).toBe(quality);
  });

  test('is unconfirmed before the first sync', () => {
    expect(qualityAt(startClock(reading(0)), reading(1000))).toBe('unconfirmed');
  });

  test('after a sleep is unconfirmed, and lost after 72 h like any other', () => {
    const asleep = look(synced(), reading(8 * hour, 0));
    expect(qualityAt(asleep, reading(8 * hour, 0))).toBe('unconfirmed');
    expect(qualityAt(asleep, reading(72 * hour + 1, 64 * hour + 1))).toBe('bad');
  });
});

test('a restart keeps the sync, the offset and the doubts', () => {
  const again = (state: ClockState) =>
    startClock(reading(hour, 0), structuredClone(persistClock(state)));
  expect(qualityAt(again(synced()), reading(hour, 0))).toBe('synced');
  const asleep = look(synced(), reading(hour, 0));
  expect(qualityAt(again(asleep), reading(hour, 0))).toBe('unconfirmed');
  expect(qualityAt(again(synced()), reading(73 * hour, 72 * hour))).toBe('bad');
});

describe('a clock set back', () => {
  test('by 5 s while running is bad, and stays so when set right again', () => {
    const back = look(synced(), reading(-5 * second + 1000, 1000));
    expect(back.setBack).toBe(true);
    expect(qualityAt(back, reading(2000))).toBe('bad');
  });

  test('by 2 s is within the slack, by 2.001 s is not', () => {
    expect(qualityAt(synced(), reading(8000, 10_000))).toBe('synced');
    expect(qualityAt(synced(), reading(7999, 10_000))).toBe('bad');
  });

  test('behind the floor by 2 s is within the slack, by 2.001 s is not', () => {
    const ahead = (ms: number) => raiseFloor(synced(), epochMillis(noon + ms));
    expect(readClock(ahead(2000), reading(0)).quality).toBe('synced');
    expect(readClock(ahead(2001), reading(0)).quality).toBe('bad');
  });

  test('in many small steps adds up', () => {
    let state = synced();
    for (let i = 1; i <= 10; i++) state = look(state, reading(i * 5000 - i * 1500, i * 5000));
    expect(state.setBack).toBe(true);
  });

  test('by as much as the sleep before it is no undoing of the sleep', () => {
    const asleep = look(synced(), reading(8 * hour, 0));
    expect(qualityAt(asleep, reading(0, 1000))).toBe('bad');
  });

  test('by an hour over a restart is bad, and waiting an hour does not mend it', () => {
    const used = raiseFloor(synced(), epochMillis(noon + 2 * hour));
    const restarted = startClock(reading(hour, 5), structuredClone(persistClock(used)));
    const first = look(restarted, reading(hour, 5));
    expect(readClock(first, reading(hour, 5))).toEqual({ at: noon + 2 * hour, quality: 'bad' });
    expect(qualityAt(first, reading(4 * hour, 3 * hour + 5))).toBe('bad');
    const again = startClock(reading(4 * hour, 9), structuredClone(persistClock(first)));
    expect(qualityAt(again, reading(4 * hour, 9))).toBe('bad');
  });

  test('is good again after a sync, and only then', () => {
    const bad = look(synced(), reading(-hour, 0));
    const answer = {
      t: epochSeconds(noon / second + 10),
      sent: reading(-hour, 10_000),
      received: reading(-hour, 10_000),
    };
    const state = syncClock(bad, answer);
    if (typeof state === 'string') throw new Error(state);
    expect(readClock(state, reading(-hour, 10_000))).toEqual({
      at: noon + 10_000,
      quality: 'synced',
    });
  });
});

test('8 h of sleep, or a clock set forward, is unconfirmed until a sync', () => {
  expect(qualityAt(synced(), reading(8 * hour, 0))).toBe('unconfirmed');
  expect(qualityAt(synced(), reading(2000, 0))).toBe('synced');
  expect(qualityAt(synced(), reading(2001, 0))).toBe('unconfirmed');
});

describe('a sync', () => {
  const t = epochSeconds(noon / second);
  test.each([
    [0, 0],
    [5000, 2500],
  ])('of %i ms round trip is %i ms further than its answer', (rtt, ahead) => {
    const sent = reading(-hour, 0);
    const received = reading(rtt - hour, rtt);
    const state = syncClock(startClock(sent), { t, sent, received });
    if (typeof state === 'string') throw new Error(state);
    expect(readClock(state, received).at).toBe(noon + ahead);
  });

  test.each([
    [1000, 1000],
    [1001, 0],
    [-1000, -1000],
    [-1001, 0],
  ])('leaves a clock that is %i ms off %i ms off', (off, left) => {
    const here = reading(off, 0);
    const state = syncClock(startClock(here), { t, sent: here, received: here });
    if (typeof state === 'string') throw new Error(state);
    expect(readClock(state, here)).toEqual({ at: noon + left, quality: 'synced' });
  });

  test.each<[string, ClockReading, ClockReading]>([
    ['of 5,001 ms', reading(0), reading(5001)],
    ['that arrived before it was sent', reading(10), reading(0)],
    ['slept over: the monotonic clock stood still', reading(0), reading(hour, 1000)],
  ])('%s is too slow', (_, sent, received) => {
    expect(syncClock(startClock(sent), { t, sent, received })).toBe('too-slow');
  });

  test('to a time before the floor is refused: an old answer', () => {
    const state = raiseFloor(startClock(reading(0)), epochMillis(noon + 2001));
    expect(syncClock(state, { t, sent: reading(0), received: reading(0) })).toBe('before-floor');
    const near = raiseFloor(startClock(reading(0)), epochMillis(noon + 2000));
    expect(typeof syncClock(near, { t, sent: reading(0), received: reading(0) })).toBe('object');
  });
});

describe('the floor', () => {
  test('is only ever raised', () => {
    const state = raiseFloor(startClock(reading(0)), epochMillis(5));
    expect(raiseFloor(state, epochMillis(4))).toBe(state);
    expect(raiseFloor(state, epochMillis(6)).floor).toBe(6);
  });

  const step = fc.oneof(
    fc.record({
      kind: fc.constant('observe' as const),
      wall: fc.integer({ min: -9e7, max: 9e8 }),
      mono: fc.nat(9e8),
    }),
    fc.record({
      kind: fc.constant('proof' as const),
      wall: fc.integer({ min: -9e7, max: 9e8 }),
      mono: fc.nat(9e8),
    }),
    fc.record({
      kind: fc.constant('sync' as const),
      wall: fc.integer({ min: -9e7, max: 9e8 }),
      mono: fc.nat(9e8),
    }),
    fc.record({
      kind: fc.constant('restart' as const),
      wall: fc.integer({ min: -9e7, max: 9e8 }),
      mono: fc.nat(9e8),
    }),
  );

  function apply(
    state: ClockState,
    { kind, wall, mono }: { kind: string; wall: number; mono: number },
  ): ClockState {
    const here = reading(wall, mono);
    if (kind === 'proof') return raiseFloor(state, epochMillis(noon + wall));
    if (kind === 'restart') return startClock(here, persistClock(state));
    if (kind === 'observe') return observe(state, here);
    const next = syncClock(state, {
      t: epochSeconds(Math.floor((noon + mono) / 1000)),
      sent: here,
      received: here,
    });
    return typeof next === 'string' ? state : next;
  }

  test('is never run behind, and never falls, whatever happens to the clocks', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = startClock(reading(0));
        for (const next of steps) {
          const before = state.floor;
          state = apply(state, next);
          const now = readClock(state, reading(next.wall, next.mono));
          expect(state.floor).toBeGreaterThanOrEqual(before);
          expect(now.at).toBeGreaterThanOrEqual(state.floor);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is never left 2 s behind with a good quality', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), step, (steps, last) => {
        const state = steps.reduce(apply, startClock(reading(0)));
        const here = reading(last.wall, last.mono);
        const behind = noon + last.wall + state.offsetMs + 2000 < state.floor;
        if (behind) expect(qualityAt(state, here)).toBe('bad');
      }),
      { numRuns: 500 },
    );
  });

  test('without a sync no later reading mends a bad clock', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let state: ClockState = { ...synced(), setBack: true };
        for (const next of steps.filter(({ kind }) => kind !== 'sync')) {
          state = apply(state, next);
          expect(qualityAt(state, reading(next.wall, next.mono))).toBe('bad');
        }
      }),
    );
  });
});
