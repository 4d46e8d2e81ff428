import { beforeEach, expect, test } from 'vitest';
import { createTextFilter } from '../../../src/browser/camera/text-filter.ts';
import { ranked } from '../../../src/decoder/rank.ts';

let choose: ReturnType<typeof createTextFilter>;
beforeEach(() => {
  choose = createTextFilter();
});
/** What is delivered of a view with these passes and other codes. */
const view = (texts: readonly string[], at: number) =>
  choose(ranked(texts.map((text) => ({ text, corners: [] }))), at);
const isDelivered = (pass: string, at: number) => view([`KK1:${pass}`], at) === `KK1:${pass}`;
const link = 'https://example.org';

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

test('a link beside a pass is never told, nor in the second after the pass was last read', () => {
  const told = [0, 100, 400, 500, 1200].map((at) => view(at < 500 ? [link, 'KK1:A'] : [link], at));
  expect(told).toEqual(['KK1:A', undefined, undefined, undefined, undefined]);
  expect(view([link], 1400)).toBe(link);
});

test('a link alone is told after 300 ms: a pass beside it may take more looks', () => {
  expect([0, 150, 299, 300].map((at) => view([link], at))).toEqual([
    undefined,
    undefined,
    undefined,
    link,
  ]);
});

test('a link that was told yields to a pass the moment that is read', () => {
  for (const at of [0, 300]) view([link], at);
  expect([400, 480].map((at) => view([link, 'KK1:A'], at))).toContain('KK1:A');
});

test('of two passes in view each has its turn, the first first', () => {
  const told = [0, 200, 280].map((at) => view(['KK1:A', 'KK1:B'], at));
  expect(told).toEqual(['KK1:A', undefined, 'KK1:B']);
});
