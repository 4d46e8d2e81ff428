import { beforeAll, describe, expect, test } from 'vitest';
import { scannerTrouble, withoutAim } from '../../../src/core/verify/scanner-trouble.ts';
import { type Keyboard, keyboards, typedOn } from '../../support/keyboards.ts';
import { cwt, good, jwt, offline, paper } from '../../support/passes.ts';

let passes: [string, string][];
beforeAll(async () => {
  passes = [
    ['CWT', await cwt()],
    ['JWT', await jwt()],
    ['credential', await offline()],
    ['paper', await paper()],
  ];
});
const troubles = (change: (text: string) => string) =>
  passes.map(([name, text]) => [name, scannerTrouble(withoutAim(change(text)))]);
const all = (trouble: string | undefined) => passes.map(([name]) => [name, trouble]);

test('a pass as it is has no trouble, nor after the AIM identifier of a QR code', () => {
  expect(troubles((text) => text)).toEqual(all(undefined));
  for (const aim of [']Q0', ']Q1', ']Q3', ']Q6']) {
    for (const [, text] of passes) expect(withoutAim(aim + text)).toBe(text);
    expect(troubles((text) => aim + text)).toEqual(all(undefined));
  }
});

test.each(['~', '1', '0042', 'SHOP-7 ', ']C1', '2026-11-25 08:00 ', 'QR:'])(
  'with %j before it is a scanner that adds a prefix',
  (prefix) => {
    expect(troubles((text) => prefix + text)).toEqual(all('extra'));
    expect(scannerTrouble(`${prefix}kakou:enrol#hub=x&code=y`)).toBe('extra');
  },
);

test.each(['~', '#', '0', 'A', ' ', '.', '007', '\u0003', '%END%'])(
  'with %j after it is a scanner that adds a suffix, no damaged code',
  (suffix) => {
    expect(troubles((text) => text + suffix)).toEqual(all('extra'));
    expect(troubles((text) => `~${text}${suffix}`)).toEqual(all('extra'));
  },
);

test.each(Object.keys(keyboards) as Keyboard[])(
  'typed on a %s keyboard is told',
  async (keyboard) => {
    const told = troubles((text) => typedOn(keyboard, text));
    for (const [name, trouble] of told) {
      // a Spanish keyboard leaves a JWT whole that holds no - and no _
      const isWhole = name === 'JWT' && typedOn(keyboard, passes[1]?.[1] ?? '') === passes[1]?.[1];
      expect([keyboard, name, trouble]).toEqual([
        keyboard,
        name,
        isWhole ? undefined : 'wrong-layout',
      ]);
    }
    for (let i = 0; i < 20; i++) {
      const text = await jwt({ claims: good({ iat: 1_800_000_000 - i }) });
      const typed = typedOn(keyboard, text);
      if (typed !== text) expect([typed, scannerTrouble(typed)]).toEqual([typed, 'wrong-layout']);
    }
  },
);

test('with its case turned round is told', () => {
  const turned = (text: string) =>
    [...text].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('');
  expect(troubles(turned)).toEqual(all('wrong-case'));
  expect(scannerTrouble(passes[0]?.[1].toLowerCase() ?? '')).toBe('wrong-case');
});

describe('no loophole: judged, and refused as malformed', () => {
  test.each<[string, (text: string) => string]>([
    ['cut in half', (text) => text.slice(0, text.length / 2)],
    ['without its last letter', (text) => text.slice(0, -1)],
    ['with a letter in the middle', (text) => `${text.slice(0, 60)}A${text.slice(60)}`],
    ['without a letter in the middle', (text) => text.slice(0, 60) + text.slice(61)],
    ['with a long text after it', (text) => `${text}${'A'.repeat(40)}`],
    ['with a foreign letter', (text) => `${text.slice(0, 60)}~${text.slice(61)}`],
  ])('a code %s', (_, change) => {
    expect(troubles(change)).toEqual(all(undefined));
  });
});

test('what is no pass at all is named as what it is', () => {
  for (const text of [
    'https://example.org/?x=KK1:AAAAAAAAAAAA',
    'hello',
    '13912345678',
    'WIFI:S:x;;',
    'HC1:6BF',
    'x'.repeat(200),
    '你好'.repeat(60),
    'KKKKKKKKKK'.repeat(10),
    'eyJhbGciOiJIUzI1NiJ9.e30.',
  ]) {
    expect([text, scannerTrouble(text)]).toEqual([text, undefined]);
  }
});
