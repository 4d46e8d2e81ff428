import { expect, test } from 'vitest';
import { isAimedAt, ranked } from '../../src/decoder/rank.ts';

/** A small square with its middle there. */
const code = (text: string, x: number, y: number) => ({
  text,
  corners: [
    { x: x - 0.1, y: y - 0.1 },
    { x: x + 0.1, y: y - 0.1 },
    { x: x + 0.1, y: y + 0.1 },
    { x: x - 0.1, y: y + 0.1 },
  ],
});
const order = (...codes: ReturnType<typeof code>[]) => ranked(codes).map(({ text }) => text);

test('what claims to be a pass comes before a code in the very middle that does not', () => {
  for (const pass of ['KK1:A', 'KK2:A', 'eyJhbGciOiJFUzI1NiJ9.e30.AA', ' kk1:a'])
    expect(order(code('https://example.org', 0.5, 0.5), code(pass, 0.9, 0.1))[0]).toBe(pass);
});

test('of two passes the one nearest the middle comes first', () => {
  expect(order(code('KK1:LEFT', 0.2, 0.5), code('KK1:RIGHT', 0.7, 0.5))).toEqual([
    'KK1:RIGHT',
    'KK1:LEFT',
  ]);
});

test('a code that does not say where it is comes after its equals, and each text once', () => {
  const nowhere = { text: 'KK1:NOWHERE', corners: [] };
  expect(order(nowhere, code('KK1:A', 0.9, 0.9), code('KK1:A', 0.1, 0.1))).toEqual([
    'KK1:A',
    'KK1:NOWHERE',
  ]);
});

test('a code is aimed at when the middle of the view lies well inside it', () => {
  expect(isAimedAt(code('KK1:A', 0.55, 0.5))).toBe(true);
  expect(isAimedAt(code('KK1:A', 0.62, 0.5))).toBe(false);
  expect(isAimedAt(code('KK1:A', 0.5, 0.35))).toBe(false);
});
