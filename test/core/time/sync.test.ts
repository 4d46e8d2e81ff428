import { describe, expect, test } from 'vitest';
import {
  type ClockReading,
  type ClockState,
  observe,
  readClock,
  startClock,
} from '../../../src/core/time/clock-model.ts';
import { type SyncOutcome, syncClock } from '../../../src/core/time/sync.ts';
import { epochMillis } from '../../../src/core/units.ts';
import {
  answer,
  bundle,
  hour,
  noon,
  reading,
  second,
  synced,
  syncTwice,
} from '../../support/clock-story.ts';

const outcomeOf = (state: ClockState, t: number, at: ClockReading, over = {}): SyncOutcome =>
  syncClock(state, answer(t, at, over)).outcome;

describe('a signed time', () => {
  test.each([
    [0, 0],
    [5000, 2500],
  ])('of %i ms round trip is %i ms further than it says', (rtt, ahead) => {
    const [sent, received] = [reading(0), reading(rtt)];
    const { state } = syncClock(startClock(sent), answer(-10_000, received, { sent, received }));
    expect(readClock(state, received).at).toBe(noon - 10_000 + ahead);
  });

  test.each([
    [1000, 1000],
    [1001, 0],
    [-1000, -1000],
    [-1001, 0],
  ])('leaves a clock that is %i ms off %i ms off', (off, left) => {
    const here = reading(off, 0);
    const { state } = syncClock(startClock(here), answer(0, here));
    expect(readClock(state, here)).toEqual({ at: noon + left, quality: 'synced' });
  });

  test.each<[string, ClockReading, ClockReading]>([
    ['of 5,001 ms', reading(0), reading(5001)],
    ['that arrived before it was sent', reading(10), reading(0)],
    ['slept over: the monotonic clock stood still', reading(0), reading(hour, 1000)],
  ])('%s is too slow', (_, sent, received) => {
    expect(outcomeOf(synced(), 0, received, { sent, received })).toBe('too-slow');
  });

  test('is bounded by the bundle in hand, however often it is said: not before it, nor 30 days after its end', () => {
    const from = (bundle.iat - 60) * 1000 - noon;
    const until = (bundle.exp + 30 * 24 * 3600) * 1000 - noon;
    const twice = (at: number, t: number) => {
      const first = syncClock(startClock(reading(at)), answer(t, reading(at)));
      if (first.outcome !== 'ask-again') return first.outcome;
      return outcomeOf(first.state, t + 2000, reading(at + 2000));
    };
    expect(twice(from, from)).toBe('synced');
    expect(twice(from, from - 3000)).toBe('outside-bundle');
    expect(twice(until, until - 1000)).toBe('synced');
    expect(twice(until, until)).toBe('outside-bundle');
    expect(outcomeOf(startClock(reading(from)), from - 1000, reading(from))).toBe('ask-again');
  });
});

describe('a signed time that contradicts', () => {
  test.each([
    ['this clock by 60 s', 60_000, 'synced'],
    ['this clock by 61 s ahead', 61_000, 'ask-again'],
    ['this clock by 61 s behind', -61_000, 'ask-again'],
  ])('%s: %i ms → %s', (_, ms, outcome) => {
    expect(outcomeOf(synced(), ms, reading(0))).toBe(outcome);
    expect(outcomeOf(startClock(reading(0)), ms, reading(0))).toBe(outcome);
  });

  test('changes nothing until another, a second later, says the same within 5 s', () => {
    const month = 30 * 24 * hour;
    const first = syncClock(synced(), answer(month, reading(0)));
    expect(readClock(first.state, reading(0))).toEqual({ at: noon, quality: 'synced' });
    const second = (t: number, ms: number) => outcomeOf(first.state, t, reading(ms));
    expect(second(month, 999)).toBe('ask-again');
    expect(second(month + 1000, 1000)).toBe('synced');
    expect(second(month + 6000, 1000)).toBe('synced');
    expect(second(month + 7000, 1000)).toBe('ask-again');
    expect(second(1000, 1000)).toBe('synced'); // the hub is right again: the month was never believed
  });

  test('twice takes the place of all earlier signed times, which said too much', () => {
    const month = 30 * 24 * hour;
    const wrong = syncTwice(synced(), month, 0, 0);
    expect(readClock(wrong, reading(2000)).at).toBe(noon + month + 2000);
    const mended = syncTwice(wrong, 60_000, 60_000, 60_000);
    expect(readClock(mended, reading(62_000))).toEqual({ at: noon + 62_000, quality: 'synced' });
  });

  test('an issuer that stamped later is one to be confirmed, and then outranks the stamp', () => {
    const ahead = (ms: number) => ({ ...synced(), marks: { 'live A': epochMillis(noon + ms) } });
    expect(outcomeOf(ahead(2000), 0, reading(0))).toBe('synced');
    expect(outcomeOf(ahead(2001), 0, reading(0))).toBe('ask-again');
    const mended = syncTwice(ahead(30 * 24 * hour), 0, 0, 0);
    expect(readClock(mended, reading(2000))).toEqual({ at: noon + 2000, quality: 'synced' });
  });

  test('is not held against a list dated as far ahead as a bundle may be: files bound it already', () => {
    const files = { bundle: epochMillis(bundle.iat * 1000 - 60_000) };
    const first = (bundle.iat - 60) * 1000 - noon;
    const state = { ...startClock(reading(first)), marks: files };
    expect(outcomeOf(state, first, reading(first))).toBe('synced');
  });
});

describe('a bad clock', () => {
  test('is good again after two agreeing signed times, and only then', () => {
    const bad = observe(synced(), reading(-hour, 0));
    const state = syncTwice(bad, 10_000, -hour, 10_000);
    const later = reading(2000 - hour, 12_000);
    expect(readClock(state, later)).toEqual({ at: noon + 12_000, quality: 'synced' });
  });

  test('set back by less than the skew needs but one', () => {
    const bad = observe(synced(), reading(-30 * second, 0));
    expect(outcomeOf(bad, 0, reading(-30 * second, 0))).toBe('synced');
  });
});
