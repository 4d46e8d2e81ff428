/** Readings and syncs of a phone's clocks, in milliseconds after the start of the story. */
import { type ClockReading, type ClockState, startClock } from '../../src/core/time/clock-model.ts';
import { type SignedAnswer, syncClock } from '../../src/core/time/sync.ts';
import { epochMillis, epochSeconds, monotonicMillis } from '../../src/core/units.ts';

export const second = 1000;
export const hour = 3600 * second;
/** When the story begins. */
export const noon = 1_800_000_000 * second;

/** The device says `wall`, and its monotonic clock `mono`. */
export const reading = (wall: number, mono = wall): ClockReading => ({
  wall: epochMillis(noon + wall),
  monotonic: monotonicMillis(77 + mono),
});

/** Signed an hour before the story, good for three days. */
export const bundle = { iat: noon / second - 3600, exp: noon / second + 71 * 3600 };

/** A signed time over no distance at all: it says `t`, here it is `at`. */
export const answer = (t: number, at: ClockReading, over: Partial<SignedAnswer> = {}) => ({
  t: epochSeconds(Math.floor((noon + t) / second)),
  source: 'time K1',
  sent: at,
  received: at,
  bundle,
  ...over,
});

/** Two agreeing signed times, two seconds apart; fails the test when they are not believed. */
export function syncTwice(state: ClockState, t: number, wall: number, mono: number): ClockState {
  const first = syncClock(state, answer(t, reading(wall, mono)));
  if (first.outcome === 'synced') return first.state;
  const later = reading(wall + 2000, mono + 2000);
  const second = syncClock(first.state, answer(t + 2000, later));
  if (second.outcome !== 'synced') throw new Error(second.outcome);
  return second.state;
}

/** A clock synced at the start of the story. */
export function synced(): ClockState {
  const { state, outcome } = syncClock(startClock(reading(0)), answer(0, reading(0)));
  if (outcome !== 'synced') throw new Error(outcome);
  return state;
}
