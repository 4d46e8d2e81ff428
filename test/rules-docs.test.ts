import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Every row of docs/rules.md whose last cell names a test. */
const rows = read('docs/rules.md')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|(-+\||\s*the notices)/.test(line))
  .map((line) => line.split('|').slice(1, -1))
  .map((cells) => ({ cells: cells.length, shown: cells.at(-1)?.trim() ?? '' }));

const named = rows.map(({ shown }) => {
  const [, file = '', title = ''] = /^`(test\/rules\/[\w-]+\.test\.ts)`: (.+)$/.exec(shown) ?? [];
  return { shown, file, title };
});

const titlesOf = (file: string): string[] =>
  [...read(file).matchAll(/^\s*it\(\s*'([^']+)'/gm)].map(([, title = '']) => title);

describe('docs/rules.md', () => {
  it('has a row for each rule, of three cells', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ cells }) => cells !== 3)).toEqual([]);
  });

  it.each(named)('names a test that there is: $shown', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(titlesOf(file)).toContain(title);
  });

  it('and every test of the rules stands there', () => {
    const files = readdirSync(join(root, 'test', 'rules')).map((name) => `test/rules/${name}`);
    const all = files.flatMap((file) => titlesOf(file).map((title) => `${file} ${title}`));
    expect(named.map(({ file, title }) => `${file} ${title}`).sort()).toEqual(all.sort());
  });
});
