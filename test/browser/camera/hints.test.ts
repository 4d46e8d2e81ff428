import { expect, test } from 'vitest';
import { hintAfter } from '../../../src/browser/camera/hints.ts';

const bright = { light: 120, torch: true };

test('a guard who reads a code within 6 s is told nothing', () => {
  expect(hintAfter(5999, bright)).toBeUndefined();
});

test('distance first, then a clean lens, then the way without a code', () => {
  expect([6000, 12_000, 18_000, 600_000].map((ms) => hintAfter(ms, bright))).toEqual([
    'distance',
    'clean-lens',
    'manual',
    'manual',
  ]);
});

test('in the dark the torch comes first, if there is one that is off', () => {
  expect(hintAfter(6000, { light: 20, torch: true })).toBe('torch');
  expect(hintAfter(6000, { light: 20, torch: false })).toBe('distance');
  expect(hintAfter(6000, { light: undefined, torch: true })).toBe('distance');
});
