import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { allowedBuiltIns, allowedStyles } from './support/floor/allowed.ts';
import { aboveFloor } from './support/floor/built-ins.ts';
import { stylesAboveFloor } from './support/floor/styles.ts';

const dist = join(import.meta.dirname, '..', 'dist');

/** All of a kind that `npm run build` makes, the citizen's demo page among it. */
function built(end: string, look: (text: string) => Set<string>): string[] {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith(end));
  expect(files.length).toBeGreaterThan(1);
  const found = files.flatMap((name) => [...look(readFileSync(join(dist, name), 'utf8'))]);
  return [...new Set(found)].sort();
}

describe('what is built, in the oldest browsers', () => {
  it('asks first for every built-in that they lack, and the list of those is true', () => {
    expect(built('.js', aboveFloor)).toEqual(Object.keys(allowedBuiltIns).sort());
  });

  it('can be read by any of them where it says that they are too old', () => {
    const script = readFileSync(join(dist, 'floor.js'), 'utf8');
    expect(parse(script, { ecmaVersion: 5 }).body).toHaveLength(1);
  });

  it('has another way for every style that they lack, and the list of those is true', () => {
    expect(built('.css', stylesAboveFloor)).toEqual(Object.keys(allowedStyles).sort());
  });
});

describe('the gate is red for', () => {
  it.each([
    ['URL.canParse(text)', 'URL.canParse'],
    ['list.toSorted()', '.toSorted'],
    ['list.findLast(test)', '.findLast'],
    ['Object.hasOwn(one, name)', 'Object.hasOwn'],
    ['globalThis.structuredClone(one)', 'structuredClone'],
    ['new DecompressionStream("gzip")', 'DecompressionStream'],
    ['navigator.wakeLock.request()', 'navigator.wakeLock'],
    ['AbortSignal.timeout(5)', 'AbortSignal.timeout'],
    ['button.ariaLabel = say', '.ariaLabel'],
    ['crypto.randomUUID()', 'crypto.randomUUID'],
    ['video["requestVideoFrameCallback"](draw)', '.requestVideoFrameCallback'],
    ['Promise.withResolvers()', 'Promise.withResolvers'],
    ['one.union(other)', '.union'],
  ])('%s', (script, name) => {
    expect([...aboveFloor(script)]).toContain(name);
  });

  it.each([
    ['a:has(b) { color: red }', ':has'],
    ['a { height: 100dvh }', 'viewport_percentage_units_dynamic'],
    ['a { translate: 5px }', 'translate'],
    ['a { min-height: 1lh }', 'lh'],
    ['a { color: color-mix(in srgb, red, blue) }', 'color-mix()'],
    ['@container (min-width: 5px) { a { color: red } }', '@container'],
    ['@layer one { a { color: red } }', '@layer'],
    ['a { b & { color: red } }', 'nesting'],
    ['@media (width > 5px) { a { color: red } }', '@media range'],
  ])('%s', (sheet, name) => {
    expect([...stylesAboveFloor(sheet)]).toContain(name);
  });

  it('nothing that has long been there, and nothing that has its fallback', () => {
    const script =
      'import { at as URL } from "./x"; URL.canParse(x); list.map(f).includes(3); [...a]';
    const sheet =
      'a { height: 100vh; height: 100dvh; inset: 0 } @supports selector(:has(a)) { a:has(b) { color: red } }';
    expect([...aboveFloor(script), ...stylesAboveFloor(sheet)]).toEqual([]);
  });
});
