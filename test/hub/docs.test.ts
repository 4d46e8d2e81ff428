import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/hub/commands/commands.ts';
import { createMetrics } from '../../src/hub/http/metrics.ts';
import { problems } from '../../src/hub/http/problem.ts';
import { usage } from '../../src/hub/start/options.ts';

const root = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(root, 'docs', 'hub.md'), 'utf8');
const sources = readdirSync(join(root, 'src', 'hub'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'src', 'hub', name), 'utf8'))
  .join('\n');

const all = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, found = '']) => found)),
];

describe('docs/hub.md names', () => {
  it.each(all(usage, /(--[a-z-]+)/g))('the option %s', (option) => {
    expect(guide).toContain(option);
  });

  it.each([...commands.keys()])('the command %s', (name) => {
    expect(guide).toContain(`\`${name}`);
  });

  it.each(all(createMetrics().text(0), /# TYPE (\w+)/g))('the metric %s', (name) => {
    expect(guide).toContain(name);
  });

  const lines = all(sources, /(?:log\.(?:info|warn|error)|\bwarn)\((?:\{[^}]*\},\s*)?'([^']+)'/g);
  it.each(lines)('the log line "%s"', (line) => {
    expect(guide).toContain(`\`${line}\``);
  });

  it.each(Object.entries(problems))('the problem %s', (code, [status, title]) => {
    expect(guide).toContain(`| \`${code}\` | ${status} | ${title} |`);
  });

  it('no problem that there is none of, and one file alone makes them', () => {
    const rows = all(guide, /^\| `([a-z-]+)` \| [45]\d\d \|/gm);
    expect(rows.sort()).toEqual(Object.keys(problems).sort());
    expect(sources).not.toContain('problem+json');
  });

  it('and the lines are found in the sources', () => expect(lines.length).toBeGreaterThan(7));
});
