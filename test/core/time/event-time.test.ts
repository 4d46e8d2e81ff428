import { expect, test } from 'vitest';
import { eventTime } from '../../../src/core/time/event-time.ts';

const at = (timeStamp: number, now: number) => eventTime({ timeStamp }, now);

test('an event that waited is as old as it says', () => {
  expect(at(4000, 4700)).toBe(4000);
});

test.each([
  ['an old engine tells no time', 0],
  ['its clock began before the page', -300],
  ['its clock is years ahead: milliseconds since 1970', 1_793_000_000_000],
  ['its clock stood still while the phone slept', 10_000],
])('where %s it happened now', (_, timeStamp) => {
  expect(at(timeStamp, 20_000)).toBe(20_000);
});
