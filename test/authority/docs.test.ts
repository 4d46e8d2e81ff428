import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rows } from '../../src/authority/app.ts';
import { commands } from '../../src/authority/commands/run.ts';
import { problems } from '../../src/authority/http/problem.ts';
import { usage } from '../../src/authority/start/options.ts';
import { allowances } from '../../src/authority/store/counted.ts';

const root = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(root, 'docs', 'authority.md'), 'utf8');
const sources = readdirSync(join(root, 'src', 'authority'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'src', 'authority', name), 'utf8'))
  .join('\n');

const all = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, found = '']) => found)),
];

describe('docs/authority.md names', () => {
  it.each(all(usage, /(--[a-z-]+)/g))('the option %s', (option) => expect(guide).toContain(option));

  it.each([...commands.keys()])('the command %s', (name) => expect(guide).toContain(`\`${name}`));

  it.each(Object.entries(problems))('the problem %s', (code, [status, title]) => {
    expect(guide).toContain(`| \`${code}\` | ${status} | ${title} |`);
  });

  it('no problem that there is none of', () => {
    const told = all(guide, /^\| `([a-z-]+)` \| [45]\d\d \|/gm);
    expect(told.sort()).toEqual(Object.keys(problems).sort());
  });

  it.each(rows.map(({ method, path }) => `${method} ${path.slice(1).replace(':id', 'ID')}`))(
    'the address %s',
    (address) => expect(guide).toContain(`\`${address}`),
  );

  const lines = all(sources, /log\.(?:info|warn|error)\(\s*(?:\{[^}]*\},\s*)?'([^']+)'/g);
  it.each(lines.filter((line) => line !== 'request'))('the log line "%s"', (line) => {
    expect(guide).toContain(`\`${line}\``);
  });
  it('and the lines are found in the sources', () => expect(lines.length).toBeGreaterThan(4));

  it('every limit that is counted, with its number', () => {
    const table = guide.split('| who may do how much | |')[1]?.split('\n\n')[0] ?? '';
    for (const { times } of Object.values(allowances)) expect(table).toContain(String(times));
  });
});
