import { expect, test } from 'vitest';
import { readVectors, type VectorCase } from '../support/vector-case.ts';
import { run } from './run.ts';

/** What a command line can say: a good clock, no memory, trust of the same second, one line a text. */
const sayable = ({ text, trust, now, quality, seen }: VectorCase) =>
  trust === `demo@${now}` && quality === undefined && !seen && !/[\r\n]/.test(text) && text !== '';

const flags = ({ now, venue, region = '', gate, temperature }: VectorCase): string[] => [
  ...['--at', `${now}`, '--venue', venue, '--region', region, '--gate', gate],
  ...(temperature === undefined ? [] : ['--temperature', `${temperature}`]),
];

const groups = new Map<string, VectorCase[]>();
for (const one of readVectors().filter(sayable)) {
  const key = flags(one).join(' ');
  groups.set(key, [...(groups.get(key) ?? []), one]);
}
// one process a group: the two largest hold most of the cases
const largest = [...groups.entries()].sort(([, a], [, b]) => b.length - a.length).slice(0, 2);

test.each(largest)(
  'verify - %s gives every vector its own verdict',
  { timeout: 60_000 },
  async (key, cases) => {
    const input = cases.map(({ text }) => `${text}\n`).join('');
    const { code, out } = await run('cli/verify', ['-', '--json', ...key.split(' ')], input);
    const verdicts = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const got = verdicts.map(({ state, reason }, n) => ({
      name: cases[n]?.name,
      expect: { state, reason },
    }));
    expect(code).toBe(0);
    expect(got).toEqual(cases.map(({ name, expect }) => ({ name, expect })));
  },
);
