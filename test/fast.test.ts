import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { engines, isFast, longest, walks } from './support/vitest/projects.ts';

const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.test\.tsx?$/.test(name))
  .map((name) => join('test', name));

/** What starts a browser, a server, a build or another program. */
const slow = /^(playwright-core|vite|node:child_process|.*test\/support\/chromium\.ts)$/;

const imports = /^\s*(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s)?'([^']+)'/gm;

function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!existsSync(file)) return seen;
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(imports)) {
    if (name.startsWith('.')) reached(join(dirname(file), name), seen);
    else seen.add(name);
  }
  return seen;
}

const reasons = (file: string) => [...reached(file)].filter((name) => slow.test(name));

it('no fast test starts a browser, a database server, a build or another program', () => {
  const found = tests.filter(isFast).filter((file) => reasons(file).length > 0);
  expect(found, 'these belong into test/support/vitest/projects.ts').toEqual([]);
});

it('every test that drives a browser is found by the same look', () => {
  expect(tests.filter((file) => file.includes('/e2e/') && reasons(file).length === 0)).toEqual([]);
});

it('the longest that begin first are there under the name they are known by', () => {
  expect(longest.filter((file) => !tests.includes(file))).toEqual([]);
});

it('every project of tests is run by npm test, test:walks or test:engines, and all of them by .ci/run', () => {
  const projects = readFileSync('vitest.config.ts', 'utf8').matchAll(/\bproject\('(\w+)'/g);
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const run = `${scripts.test} ${scripts['test:walks']} ${scripts['test:engines']}`.matchAll(
    /--project (\w+)/g,
  );
  const names = (found: Iterable<RegExpMatchArray>) => [...found].map(([, name]) => name).sort();
  expect(names(run)).toEqual(names(projects));
  const ci = readFileSync('.ci/run', 'utf8');
  const commands = ['npm test ', 'npm run --silent test:walks ', 'npm run --silent test:engines '];
  for (const command of commands) expect(ci).toContain(command);
});

it('what npm test leaves to other commands is there under the name it is known by', () => {
  expect([...engines, ...walks].filter((file) => !tests.includes(file))).toEqual([]);
});
