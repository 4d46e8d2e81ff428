/**
 * `npm run mutants -- [--minutes 10] [--seed 1] [--only PATH]`: changes one operator, constant or guard of
 * the core at a time, in a copy of the repository, and runs the tests that should notice.
 * Prints the survivors: each is a missing test or a change without effect.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from './mutations.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});

const folders = ['src/core/verify', 'src/core/trust', 'src/core/time', 'src/core/log'];
const tests: Readonly<Record<string, string[]>> = {
  'src/core/verify': [
    'test/core/verify',
    'test/core/vectors.test.ts',
    'test/core/trust/lists/lists.test.ts',
  ],
  'src/core/trust': [
    'test/core/trust',
    'test/core/typ-matrix.test.ts',
    'test/core/verify/pipeline.test.ts',
  ],
  'src/core/time': ['test/core/time'],
  'src/core/log': ['test/core/log'],
};

/** What is looked for, and what stands there instead. */
const changes: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/===/g, () => '!=='],
  [/!==/g, () => '==='],
  [/ < /g, () => ' <= '],
  [/ <= /g, () => ' < '],
  [/ > /g, () => ' >= '],
  [/ >= /g, () => ' > '],
  [/&&/g, () => '||'],
  [/\|\|/g, () => '&&'],
  [/(?<=\bif \()(?!false)/g, () => 'false && '],
  [/(?<=[\s([{])\d+(?=[\s)\]};,])/g, (found) => String(Number(found) + 1)],
  [/ \+ (?!')/g, () => ' - '],
  [/ - /g, () => ' + '],
  [/\btrue\b/g, () => 'false'],
  [/\bfalse\b/g, () => 'true'],
  [/(?<=[\s(])!(?=[a-z(])/g, () => ''],
  [/Math\.min/g, () => 'Math.max'],
  [/Math\.max/g, () => 'Math.min'],
  [/\.every\(/g, () => '.some('],
  [/'stop'(?=,)/g, () => "'pass'"],
];

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly source: string;
}

const isCode = (line: string): boolean =>
  !/^\s*(\/\/|\/?\*|import |export (type|interface)|type |interface |readonly |\|)/.test(line);

function mutantsOf(file: string): Mutant[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((before, index) => {
    if (!isCode(before)) return [];
    return changes.flatMap(([pattern, change]) =>
      [...before.matchAll(pattern)].map((match) => {
        const after =
          before.slice(0, match.index) +
          change(match[0]) +
          before.slice(match.index + match[0].length);
        const source = lines.with(index, after).join('\n');
        return { file, line: index + 1, before: before.trim(), after: after.trim(), source };
      }),
    );
  });
}

/** True when the tests fail, or hang, or cannot even start: the mutant was noticed. */
function isKilled(copy: string, files: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const args = ['vitest', 'run', '--bail=1', '--no-isolate', '--reporter=dot', ...files];
    const child = spawn('npx', args, { cwd: copy, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, 60_000);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code !== 0);
    });
  });
}

function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'kakou-mutants-'));
  for (const name of [
    'src',
    'test',
    'keys',
    'package.json',
    'tsconfig.base.json',
    'vite.config.ts',
    'vitest.config.ts',
  ]) {
    cpSync(name, join(copy, name), { recursive: true });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function shuffled<T>(items: readonly T[]): T[] {
  const random = seeded(Number(values.seed));
  return items
    .map((item) => ({ item, rank: random(2 ** 31) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const copy = copyRepository();
const until = performance.now() + Number(values.minutes) * 60_000;
const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
const mutants = shuffled(files.filter((file) => file.includes(values.only)).flatMap(mutantsOf));
let [run, killed] = [0, 0];
try {
  const all = [...new Set(Object.values(tests).flat())];
  if (await isKilled(copy, all)) throw new Error('the tests fail without any mutation');
  for (const { file, line, before, after, source } of mutants) {
    if (performance.now() > until) break;
    const original = readFileSync(join(copy, file), 'utf8');
    writeFileSync(join(copy, file), source);
    const noticed = await isKilled(
      copy,
      tests[folders.find((folder) => file.startsWith(folder)) ?? ''] ?? [],
    );
    writeFileSync(join(copy, file), original);
    run++;
    if (noticed) killed++;
    else process.stdout.write(`survived ${file}:${line}\n  - ${before}\n  + ${after}\n`);
  }
} finally {
  rmSync(copy, { recursive: true });
}
process.stdout.write(
  `${run} of ${mutants.length} mutants run, ${killed} killed, ${run - killed} survived\n`,
);
