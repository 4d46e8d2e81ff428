import { expect, test } from 'vitest';
import { createSchedule } from '../../src/decoder/schedule.ts';

const frame = 1000 / 30;

/** Times of the looks taken while the camera runs at 30 frames a second. */
function run(options: {
  from?: number;
  seconds: number;
  lookMs?: number;
  changed?(now: number): boolean;
  schedule?: ReturnType<typeof createSchedule>;
}): number[] {
  const { from = 0, seconds, lookMs = 8, schedule = createSchedule() } = options;
  const looks: number[] = [];
  let busyUntil = 0;
  for (let now = from; now < from + seconds * 1000; now += frame) {
    if (now < busyUntil || !schedule.isDue(now, options.changed?.(now) ?? false)) continue;
    looks.push(now);
    busyUntil = now + lookMs;
    schedule.looked(now, busyUntil, false);
  }
  return looks;
}

test('at most 12 looks a second on average, even while everything moves', () => {
  expect(run({ seconds: 10, changed: () => true }).length).toBeLessThanOrEqual(10 * 12 + 3);
});

test('a scene that stands still is looked at 8 to 12 times a second', () => {
  const looks = run({ seconds: 10 });
  expect(looks.length).toBeGreaterThanOrEqual(80);
  expect(looks.length).toBeLessThanOrEqual(120);
});

test('the very frame on which something comes into view is looked at', () => {
  for (let delay = 0; delay < 10; delay++) {
    const at = 5000 + delay * frame;
    const looks = run({ seconds: 6, changed: (now) => Math.abs(now - at) < frame / 2 });
    expect(looks.some((look) => Math.abs(look - at) < frame / 2)).toBe(true);
  }
});

test('a phone that needs 200 ms for a look rests between two', () => {
  const looks = run({ seconds: 10, lookMs: 200, changed: () => true });
  expect(looks.length).toBeLessThanOrEqual(10_000 / 300 + 1);
});

test('after 15 s without a code it looks less often, and as often as before after a hit', () => {
  const schedule = createSchedule();
  run({ seconds: 16, schedule });
  const cool = run({ from: 16_000, seconds: 5, schedule }).length;
  schedule.looked(21_000, 21_008, true);
  const warm = run({ from: 21_100, seconds: 5, schedule }).length;
  expect(cool).toBeLessThanOrEqual(36);
  expect(warm).toBeGreaterThanOrEqual(40);
});
