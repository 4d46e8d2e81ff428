import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..', 'src');

/**
 * What each part of `src/` may import, the arrows of CONTRIBUTING.md: a part is the longest path
 * here that a module lies in; what it may import is a part or one file of it.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ports: ['core'],
  words: ['core'],
  parts: ['core'],
  decoder: ['core'],
  browser: ['core', 'ports', 'decoder'],
  'scanner/app': ['core', 'ports'],
  'scanner/words': ['core', 'words'],
  'scanner/device': ['core', 'ports', 'browser', 'decoder', 'scanner/app/stores.ts'],
  'scanner/ui': ['core', 'ports', 'parts', 'words', 'scanner/app', 'scanner/words'],
  'scanner/sw': [],
  'scanner/trust-anchor.ts': ['core'],
  'scanner/main.tsx': [
    ...['core', 'ports', 'browser', 'words'],
    ...['scanner/app', 'scanner/device', 'scanner/ui', 'scanner/words'],
    'scanner/trust-anchor.ts',
  ],
  'console/app': ['core', 'ports'],
  'console/device': ['core', 'browser', 'console/app'],
  'console/words': ['core', 'words'],
  'console/ui': ['core', 'parts', 'words', 'console/app', 'console/words'],
  'console/main.tsx': ['core', 'console/app', 'console/device', 'console/ui'],
  'console/vite.config.ts': ['core'],
  'citizen/app': ['core', 'ports'],
  'citizen/device': ['core', 'ports', 'browser', 'citizen/app'],
  'citizen/words': ['core', 'words'],
  'citizen/ui': ['core', 'ports', 'parts', 'words', 'citizen/app', 'citizen/words'],
  'citizen/main.tsx': ['core', 'ports', 'browser', 'citizen/app', 'citizen/device', 'citizen/ui'],
  'citizen/sw': [],
  'citizen/vite.config.ts': ['core'],
  node: ['core'],
  authority: ['core', 'node'],
  'authority/start': ['core', 'node', 'authority', 'demo'],
  'authority/commands': ['core', 'node', 'authority', 'authority/start'],
  'authority/main.ts': ['core', 'node', 'authority', 'authority/start', 'authority/commands'],
  // a table that the hub makes is read by people
  hub: ['core', 'node', 'authority', 'words'],
  'hub/start': ['core', 'node', 'authority', 'words', 'hub', 'demo'],
  'hub/commands': ['core', 'node', 'authority', 'words', 'hub', 'hub/start'],
  'hub/remote': ['core', 'node', 'authority', 'words', 'hub', 'hub/start', 'hub/commands'],
  'hub/main.ts': [
    ...[
      'core',
      'node',
      'authority',
      'words',
      'hub',
      'hub/start',
      'hub/commands',
      'hub/remote',
      'demo',
    ],
  ],
  demo: ['core', 'node', 'authority'],
  'demo/citizen-page': ['core', 'demo'],
  'demo/citizen-page/sw': [],
  cli: ['core', 'decoder', 'node', 'authority', 'demo'],
};

interface Module {
  readonly path: string;
  readonly lines: number;
  /** Imported files of ours, relative to `src/`. */
  readonly imports: readonly string[];
  readonly text: string;
}

const modules: readonly Module[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
  .map((name) => {
    const text = readFileSync(join(src, name), 'utf8');
    return {
      path: name.split(sep).join('/'),
      lines: text.split('\n').length - 1,
      text,
      imports: importsOf(name, text),
    };
  });

function importsOf(name: string, text: string): string[] {
  const specifiers = text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...specifiers]
    .map(([, specifier = '']) => join(dirname(join(src, name)), specifier.replace(/\?\w+$/, '')))
    .map((target) => relative(src, target).split(sep).join('/'))
    .filter((target) => !target.startsWith('..'));
}

const longestFirst = Object.keys(arrows).sort((a, b) => b.length - a.length);
const isIn = (path: string, part: string): boolean => path === part || path.startsWith(`${part}/`);
const partOf = (path: string): string => longestFirst.find((part) => isIn(path, part)) ?? path;
const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

describe('the arrows between folders', () => {
  it('finds the modules it is meant to look at', () => {
    expect(modules.length).toBeGreaterThan(100);
    expect(new Set(modules.map(({ path }) => partOf(path)))).toEqual(new Set(Object.keys(arrows)));
  });

  it.each(Object.entries(arrows))('%s imports only from itself and [%s]', (folder, allowed) => {
    const wrong = modules
      .filter(({ path }) => partOf(path) === folder)
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => partOf(target) !== folder)
          .filter((target) => !allowed.includes(partOf(target)) && !allowed.includes(target))
          .map((target) => `${path} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('has no circular imports', () => {
    const graph = new Map(modules.map(({ path, imports }) => [path, imports]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
        return;
      }
      if (done.has(path)) return;
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const { path } of modules) visit(path, []);
    expect(circles).toEqual([]);
  });
});

describe('folders', () => {
  // a folder puts its own sub-folders together, and they read the types that it shares out
  it('no two of them import each other, but a folder and its own sub-folders', () => {
    const pairs = new Set(
      modules.flatMap(({ path, imports }) =>
        imports
          .map((target) => [folderOf(path), folderOf(target)] as const)
          .filter(([from, to]) => !isIn(from, to) && !isIn(to, from))
          .map((pair) => pair.join(' ')),
      ),
    );
    const both = [...pairs].filter((pair) => pairs.has(pair.split(' ').reverse().join(' ')));
    expect(both.sort()).toEqual([]);
  });

  it('none holds more than fifteen files of code', () => {
    const counts = new Map<string, number>();
    for (const { path } of modules) {
      counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 15)).toEqual([]);
  });
});

describe('worlds that must not leak', () => {
  const forbidden =
    /\b(Date\.now|new Date\(\)|Math\.random|getRandomValues|performance\.now|fetch)\s*\(/;

  it.each(['core', 'ports', 'scanner/app', 'citizen/app'])(
    '%s reads no clock, draws no randomness and fetches nothing',
    (folder) => {
      const wrong = modules.filter(
        ({ path, text }) => partOf(path) === folder && forbidden.test(text),
      );
      expect(wrong.map(({ path }) => path)).toEqual([]);
    },
  );

  it('React stays in parts, screens and main', () => {
    const wrong = modules.filter(
      ({ path, text }) =>
        /from 'react/.test(text) &&
        ![
          ...['parts', 'scanner/ui', 'scanner/main.tsx', 'console/ui', 'console/main.tsx'],
          ...['citizen/ui', 'citizen/main.tsx'],
        ].includes(partOf(path)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('no origin but our own is named in what the page loads', () => {
    const page = new Set([
      ...['core', 'ports', 'words', 'parts', 'decoder', 'browser', 'scanner/app', 'scanner/words'],
      ...['scanner/device', 'scanner/ui', 'scanner/sw', 'scanner/main.tsx'],
      ...['console/app', 'console/device', 'console/words', 'console/ui', 'console/main.tsx'],
      ...['citizen/app', 'citizen/device', 'citizen/words', 'citizen/ui', 'citizen/sw'],
      'citizen/main.tsx',
    ]);
    const namespaces = /^['"`]http:\/\/schemas\.openxmlformats\.org$/; // names in a workbook, never fetched
    const wrong = modules
      .filter(({ path }) => page.has(partOf(path)))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/['"`](?:https?|wss?):\/\/[\w.-]+/g)]
          .filter(([url]) => !namespaces.test(url))
          .map(([url]) => `${path} ${url}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('files stay small', () => {
  it('none is over 300 lines, and the median is at most 100', () => {
    expect(modules.filter(({ lines }) => lines > 300).map(({ path }) => path)).toEqual([]);
    const sorted = modules.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(100);
  });

  it('none is named by when it loads or by what it was left over from', () => {
    const wrong = modules.filter(({ path }) =>
      /(^|\/)(hand|late|more)-|-(late|parts|more)\.|\/late\./.test(path),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('none asks a Proxy for what the compiler could not check', () => {
    const wrong = modules.filter(({ text }) => /\bnew Proxy\b/.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('there are no barrels', () => {
    const barrels = modules.filter(
      ({ path, text }) => /\bindex\.tsx?$/.test(path) || /^export \*/m.test(text),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });
});
