import { beforeEach, expect, test } from 'vitest';
import { createTextFilter } from '../../src/device/text-filter.ts';

let isDelivered: ReturnType<typeof createTextFilter>;
beforeEach(() => {
  isDelivered = createTextFilter();
});

test('a text is good the first time it is read', () => {
  expect(isDelivered('a', 0)).toBe(true);
});

test('a text that stays in view is delivered once a second', () => {
  expect([0, 500, 999, 1000].map((at) => isDelivered('a', at))).toEqual([true, false, false, true]);
});

test('another text within the same second may be a misreading: it counts when it is read again', () => {
  isDelivered('a', 0);
  expect([isDelivered('b', 300), isDelivered('b', 380)]).toEqual([false, true]);
});

test('two misreadings that differ deliver nothing', () => {
  isDelivered('a', 0);
  expect([isDelivered('b', 300), isDelivered('c', 400)]).toEqual([false, false]);
});

test('a second after the last text, another one is good at once', () => {
  isDelivered('a', 0);
  expect(isDelivered('b', 1000)).toBe(true);
});
