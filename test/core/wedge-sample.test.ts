import { describe, expect, it, test } from 'vitest';
import { classify } from '../../src/core/pass/classify.ts';
import { compareTyped, scannerSamples } from '../../src/core/wedge-sample.ts';

const { short, long } = scannerSamples;
const swapped = (text: string) =>
  [...text].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('');
const germanY = (text: string) =>
  text.replace(
    /[yzYZ:/-]/g,
    (c) => ({ y: 'z', z: 'y', Y: 'Z', Z: 'Y', ':': 'Ö', '/': '-', '-': 'ß' })[c] ?? c,
  );

describe.each(Object.entries(scannerSamples))('the %s test code', (_, sample) => {
  it('is no pass and no enrolment', () => {
    expect(classify(sample)).toEqual({ notAPass: 'text' });
  });

  it.each([
    ['none', sample],
    ['extra', `]Q1${sample}`],
    ['extra', `${sample}\u0004`],
    ['case', swapped(sample)],
    ['case', sample.toUpperCase() === sample ? sample.toLowerCase() : sample.toUpperCase()],
    ['width', sample.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
    ['lost', sample.replace(/[T7.]/g, '')],
    ['other', 'https://example.org/a/link/as/long/as/the/test/code/is'],
    ['other', sample.slice(0, 10)],
  ] as const)('that comes out damaged by %s is told so', (damage, typed) => {
    expect(compareTyped(typed).damage).toBe(damage);
  });
});

test('of a German keyboard the letters that moved are named', () => {
  expect(compareTyped(germanY(short))).toEqual({
    damage: 'layout',
    changed: ['Y', 'y', 'Z', 'z', ':', '/', '-'],
  });
});

test('of any other text nothing is kept', () => {
  expect(compareTyped(`KK1:${'SECRET'.repeat(30)}`)).toEqual({ damage: 'other', changed: [] });
  expect(long.length).toBeGreaterThan(200);
});
