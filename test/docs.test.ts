import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasonStates } from '../src/core/verify/verdict.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const folders = ['', 'src', 'test', 'docs', 'keys', 'public'];
const files: readonly string[] = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(relative(root, join(entry.parentPath, entry.name)))),
);
const documents = files.filter((path) => path.endsWith('.md'));
const sources = files.filter((path) => /^(src|test)\/.*\.(tsx?|css)$/.test(path));

/** What a comment says, its lines put together. Of a document: all of it. */
function prose(path: string): string {
  const text = read(path);
  const said = path.endsWith('.md')
    ? text
    : [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<!['"`:])\/\/.*|\b(?:it|describe)\(\s*['"`].*/g)].join(
        '\n',
      );
  return said.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ');
}

const protocol = read('docs/protocol.md');
const headings = new Set(
  [...protocol.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, number = '']) => number),
);

/** "protocol 1.2 and 3.3", "protocol 5, 7": every number that is cited. */
const cited = (text: string, word: RegExp): string[] => {
  const list = /\d+(?:\.\d+)?(?:(?:,| and| to|, and) \d+(?:\.\d+)?)*/;
  const found = text.matchAll(new RegExp(`${word.source} (${list.source})`, 'gi'));
  return [...found].flatMap(([, numbers = '']) => numbers.match(/\d+(?:\.\d+)?/g) ?? []);
};

describe('docs/protocol.md', () => {
  it('has its numbered headings, each number once and in order', () => {
    const numbers = [...headings].map((number) => number.split('.').map(Number));
    const order = numbers.map(([major = 0, minor = 0]) => major * 100 + minor);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const lines = protocol.match(/^#{2,3} \d/gm) ?? [];
    expect(lines.length).toBe(headings.size);
    expect(headings.size).toBeGreaterThan(20);
  });

  it('has a heading for every "protocol N" that code, tests and documents cite', () => {
    const citations = [...sources, ...documents]
      .filter((path) => path !== 'test/docs.test.ts')
      .flatMap((path) => cited(prose(path), /\bprotocol/).map((number) => ({ path, number })));
    expect(citations.length).toBeGreaterThan(50);
    const lost = citations.filter(({ number }) => !headings.has(number));
    expect(lost.map(({ path, number }) => `${path}: protocol ${number}`)).toEqual([]);
  });

  it('has a heading for every section of its own that it refers to', () => {
    const own = protocol.replace(/\b(?:RFC \d+|SEC 1) section [\d.]+/g, '');
    expect(cited(own, /\bsection/).filter((number) => !headings.has(number))).toEqual([]);
  });

  it('names every reason of a verdict', () => {
    const isNamed = (reason: string) => new RegExp(`[\`/]${reason}\``).test(protocol);
    expect(Object.keys(reasonStates).filter((reason) => !isNamed(reason))).toEqual([]);
  });

  it('names every type of entry, quality of the clock, and address of the hub', () => {
    const types = entryTypes();
    expect(types.length).toBeGreaterThan(9);
    const words = [...types, 'synced', 'held', 'unconfirmed', 'bad'];
    expect(words.filter((word) => !protocol.includes(`\`${word}\``))).toEqual([]);
    const routes = files
      .filter((path) => path.startsWith('src/hub/routes/'))
      .flatMap((path) => [...read(path).matchAll(/\.(?:get|post)\(\s*'(\/[a-z-]+)/g)])
      .map(([, route = '']) => route);
    expect(routes.length).toBeGreaterThan(7);
    expect(routes.filter((route) => !protocol.includes(route))).toEqual([]);
  });

  it('names every type of token and file that is signed', () => {
    const types = new Set(
      sources
        .filter((path) => path.startsWith('src/'))
        .flatMap((path) => read(path).match(/(?<=['`])kakou-[a-z]+\+jw[st](?=['`])/g) ?? []),
    );
    expect(types.size).toBeGreaterThan(8);
    expect([...types].filter((typ) => !protocol.includes(`\`${typ}\``))).toEqual([]);
  });
});

describe('documents', () => {
  it.each(documents)('%s links to nothing that is not there', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image ?? '',
    );
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => !leadsSomewhere(path, link));
    expect(broken).toEqual([]);
  });

  it('named in a comment or in another document are in the repository', () => {
    const lost = [...sources, ...documents].flatMap((path) =>
      (prose(path).match(/[\w@./-]+\.md\b/g) ?? [])
        .map((name) => name.replace(/^(?:\.\.?\/)+/, ''))
        .filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))
        .map((name) => `${path}: ${name}`),
    );
    expect(lost).toEqual([]);
  });

  it('and comments name no file of code that is not there', () => {
    const made = /^(authority|hub|private\/hub)\.json$/; // written by the ceremony, not part of the project
    const lost = sources
      .filter((path) => path !== 'test/docs.test.ts')
      .flatMap((path) =>
        (comments(path).match(/[\w@./-]+\.(?:tsx?|json|html|css)\b/g) ?? [])
          .map((name) => name.replace(/^(?:\.\.?\/)+/, ''))
          .filter((name) => !made.test(name))
          .filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))
          .map((name) => `${path}: ${name}`),
      );
    expect(lost).toEqual([]);
  });
});

describe('the maps', () => {
  const paths = (path: string): string[] =>
    [...read(path).matchAll(/`((?:src|test|docs|keys|public)\/[\w./-]*)`/g)].map(
      ([, named = '']) => named,
    );

  it.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/hub.md', 'docs/protocol.md'])(
    '%s names only paths that are there',
    (path) => {
      expect(paths(path).filter((named) => !existsSync(join(root, named)))).toEqual([]);
    },
  );

  it('CONTRIBUTING answers where each of the six common changes goes, by paths that are there', () => {
    const table = read('CONTRIBUTING.md').split('## Where would I')[1]?.split('\n## ')[0] ?? '';
    const rows = table.split('\n').filter((line) => /^\| (?!…|---)/.test(line));
    expect(rows.length).toBeGreaterThanOrEqual(6);
    expect(rows.filter((row) => !/`src\/[^`]+`/.test(row))).toEqual([]);
    const beside = rows.flatMap((row) => {
      const [first = ''] = /(?<=`)src\/[^`]+/.exec(row) ?? [];
      const folder = first.endsWith('/') ? first : `${dirname(first)}/`;
      return [...row.matchAll(/`([\w-]+(?:\/|\.tsx?))`/g)].map(([, name = '']) =>
        [folder, `${dirname(folder)}/`].map((near) => join(near, name)),
      );
    });
    const lost = beside.filter((near) => !near.some((named) => existsSync(join(root, named))));
    expect(lost).toEqual([]);
  });

  it('SECURITY names a defence and a test for each attack', () => {
    const rows = read('SECURITY.md')
      .split('\n')
      .filter((line) => /^\| (?!attack \|)/.test(line))
      .map((line) => line.split(' | '));
    expect(rows.length).toBeGreaterThan(30);
    const odd = rows.filter((cells) => cells.length !== 3 || !/`test\//.test(cells[2] ?? ''));
    expect(odd.map(([attack]) => attack)).toEqual([]);
  });

  it.each([
    ['kind of pass', /export const kinds = /],
    ['venue', /function applyVenueRule\(/],
    ['network is back', /function createConnector\(/],
    ['words of a reason', /'reason\.revoked/],
    ['SQL of intake', /insert into scans/],
  ])('CONTRIBUTING sends whoever asks about the %s to the very file', (question, answer) => {
    const row = read('CONTRIBUTING.md')
      .split('\n')
      .find((line) => line.startsWith('| ') && line.includes(question));
    const [path = ''] = /(?<=`)src\/[^`]+/.exec(row ?? '') ?? [];
    expect(read(path)).toMatch(answer);
  });

  it('README names every folder under src, and the map of the core every folder of it', () => {
    const foldersOf = (under: string) => [
      ...new Set(
        files
          .filter((file) => file.startsWith(under))
          .map((file) => file.slice(under.length).split('/'))
          .filter(({ length }) => length > 1)
          .map(([folder = '']) => folder),
      ),
    ];
    const readme = read('README.md');
    expect(foldersOf('src/').filter((name) => !readme.includes(`\`src/${name}/\``))).toEqual([]);
    const core = read('src/core/README.md');
    expect(foldersOf('src/core/').filter((name) => !core.includes(`\`${name}/\``))).toEqual([]);
  });
});

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : slashed(relative(root, join(root, dirname(from), path)));
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchors(read(target)).includes(anchor);
}

/** The words after `type:` in the shapes of entries. */
function entryTypes(): string[] {
  const shapes = read('src/core/log/entry.ts').matchAll(/readonly type: '([a-z-]+)'/g);
  return [...shapes].map(([, type = '']) => type);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

/** As GitHub makes them of headings. */
const anchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const comments = (path: string): string =>
  (read(path).match(/\/\*[\s\S]*?\*\/|(?<!['"`:])\/\/.*/g) ?? []).join('\n');
