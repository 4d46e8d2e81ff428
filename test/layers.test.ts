import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..', 'src');

/** Which folders of `src/` a folder may import from: the arrows of CONTRIBUTING.md. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  app: ['core'],
  decoder: ['core'],
  sw: [],
  i18n: ['core'],
  device: ['core', 'app/stores.ts', 'app/remote-port.ts', 'decoder'],
  ui: ['app', 'core', 'i18n'],
  hub: ['core', 'issuer'],
  issuer: ['core'],
  cli: ['core', 'decoder', 'issuer'],
  'main.tsx': ['core', 'app', 'device', 'ui', 'i18n'],
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

const folderOf = (path: string): string => path.split('/')[0] ?? '';

describe('the arrows between folders', () => {
  it('finds the modules it is meant to look at', () => {
    expect(modules.length).toBeGreaterThan(100);
    expect(new Set(modules.map(({ path }) => folderOf(path)))).toEqual(
      new Set(Object.keys(arrows)),
    );
  });

  it.each(Object.entries(arrows))('%s imports only from itself and [%s]', (folder, allowed) => {
    const wrong = modules
      .filter(({ path }) => folderOf(path) === folder)
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => folderOf(target) !== folder)
          .filter((target) => !allowed.includes(folderOf(target)) && !allowed.includes(target))
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

describe('worlds that must not leak', () => {
  const forbidden =
    /\b(Date\.now|new Date\(\)|Math\.random|getRandomValues|performance\.now|fetch)\s*\(/;

  it.each(['core', 'app'])(
    '%s reads no clock, draws no randomness and fetches nothing',
    (folder) => {
      const wrong = modules.filter(
        ({ path, text }) => folderOf(path) === folder && forbidden.test(text),
      );
      expect(wrong.map(({ path }) => path)).toEqual([]);
    },
  );

  it('React stays in ui and main', () => {
    const wrong = modules.filter(
      ({ path, text }) => /from 'react/.test(text) && !['ui', 'main.tsx'].includes(folderOf(path)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('no origin but our own is named in what the page loads', () => {
    const page = new Set(['app', 'core', 'decoder', 'device', 'sw', 'ui', 'main.tsx']);
    const namespaces = /^['"`]http:\/\/schemas\.openxmlformats\.org$/; // names in a workbook, never fetched
    const wrong = modules
      .filter(({ path }) => page.has(folderOf(path)))
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

  it('there are no barrels', () => {
    const barrels = modules.filter(
      ({ path, text }) => /\bindex\.tsx?$/.test(path) || /^export \*/m.test(text),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });
});
