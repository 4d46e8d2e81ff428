import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ceremony as program } from '../../../src/authority/ceremony/commands/run.ts';
import { type Ceremony, ceremony } from '../../support/ceremony.ts';

let authority: Ceremony;
beforeAll(async () => {
  authority = await ceremony();
});
afterAll(() => authority.close());

const day = 86_400;
const start = Date.UTC(2027, 0, 15, 6) / 1000;
const twoYears = start + 730 * day;
const issuer = 'CN-TJ';
const key = (kid: string, exp = twoYears) => ({ kid, typs: ['kp'], nbf: start, exp });
const root = (version: number) => ({ version, exp: twoYears, threshold: 2 });
const wrote = (...paths: string[]) =>
  paths.map((path) => ({ path, secret: path.startsWith('private/') }));

/** What is typed one after the other in an authority's life, and what each says of it. */
const story: readonly (readonly [typed: string, facts: Record<string, unknown>])[] = [
  [
    'init',
    {
      ...{ root: root(1), rootKeys: ['root-1', 'root-2', 'root-3'], bundleKeys: ['bundle-1'] },
      issuers: [],
      files: wrote(
        ...['public/v1/root/1', 'authority.json', 'private/root-1.json', 'private/root-2.json'],
        ...['private/root-3.json', 'private/bundle-1.json', 'private/hub.json'],
      ),
    },
  ],
  [
    `add-issuer --issuer ${issuer} --scheme tianjin --name 天津 --size 4096`,
    {
      ...{ issuer, state: 'active', size: 4096, bits: 2, newKeys: ['l1', 'c1', 'p1', 's1'] },
      files: wrote(`private/${issuer}.json`),
    },
  ],
  [
    `revoke --issuer ${issuer} --index 7,8`,
    { issuer, status: 'invalid', changed: 2, same: 0, files: [] },
  ],
  [
    `suspend --issuer ${issuer} --index 9`,
    { issuer, status: 'suspended', changed: 1, same: 0, files: [] },
  ],
  [
    `reinstate --issuer ${issuer} --index 8,10`,
    { issuer, status: 'valid', changed: 1, same: 1, files: [] },
  ],
  [
    `publish-list --issuer ${issuer}`,
    {
      ...{ issuer, version: 1, day: '2027-01-15', invalid: 1, suspended: 1, size: 4096 },
      files: wrote(`staged/v1/lists/${issuer}/2027-01-15`),
    },
  ],
  [
    'publish --hours 24',
    {
      ...{ root: root(1), bundle: { version: 1, exp: start + day }, todo: [] },
      files: wrote(`public/v1/lists/${issuer}/2027-01-15`, 'public/v1/bundle'),
    },
  ],
  [
    `revoke --issuer ${issuer} --index 11`,
    { issuer, status: 'invalid', changed: 1, same: 0, files: [] },
  ],
  [
    `publish-delta --issuer ${issuer}`,
    {
      ...{ issuer, version: 2, day: '2027-01-15', changes: 1 },
      files: wrote(`staged/v1/deltas/${issuer}`),
    },
  ],
  [
    `add-key --issuer ${issuer} --kid l2 --typs kp`,
    { issuer, key: key('l2'), files: wrote(`private/${issuer}.json`) },
  ],
  [
    `retire-key --issuer ${issuer} --kid l1 --on 2027-02-01`,
    { issuer, key: key('l1', Date.UTC(2027, 1, 1) / 1000), files: [] },
  ],
  [`suspend-issuer --issuer ${issuer}`, { issuer, state: 'suspended', files: [] }],
  [`resume-issuer --issuer ${issuer}`, { issuer, state: 'active', files: [] }],
  [`set-region --region CN-12 --near ${issuer}`, { region: 'CN-12', near: [issuer], files: [] }],
  ['remove-region --region CN-12', { region: 'CN-12', files: [] }],
  ['add-hub-keys', { hubKeys: { count: 2, newest: 'hub-2' }, files: wrote('private/hub-2.json') }],
  ['retire-hub-keys', { hubKeys: { count: 1, newest: 'hub-2' }, files: [] }],
  [
    'rotate-root --replace root-3',
    {
      ...{ root: root(2), replaced: ['root-3'], newKeys: ['root-4'] },
      files: wrote('public/v1/root/2', 'private/root-4.json'),
    },
  ],
  [
    'rotate-bundle-key --hours 24',
    {
      ...{ root: root(3), replaced: ['bundle-1'], newKeys: ['bundle-2'] },
      ...{ bundle: { version: 2, exp: start + day }, todo: [] },
      files: wrote(
        ...['public/v1/root/3', 'private/bundle-2.json'],
        ...[`public/v1/lists/${issuer}/2027-01-15`, `public/v1/deltas/${issuer}`],
        'public/v1/bundle',
      ),
    },
  ],
  [
    `retire-issuer --issuer ${issuer} --on 2027-03-01`,
    { issuer, retiredOn: '2027-03-01', files: [] },
  ],
];
const nameOf = (typed: string) => typed.split(' ')[0] ?? '';

describe('the ceremony with --json', () => {
  it.each(story)(
    '%s: says what was done as facts, and first as a dry run',
    async (typed, facts) => {
      const before = await authority.snapshot().catch(() => ({}));
      const dry = JSON.parse(await authority.done(`${typed} --json --dry-run`));
      expect(await authority.snapshot().catch(() => ({}))).toEqual(before);
      const said = JSON.parse(await authority.done(`${typed} --json`));
      expect(said).toEqual({ dryRun: false, ...facts, said: expect.any(Array) });
      expect(said.said.length).toBeGreaterThan(0);
      expect(Object.keys(dry)).toEqual(Object.keys(said));
      expect(dry).toMatchObject({ ...facts, dryRun: true });
    },
  );

  it('names no private key, nor a public one', async () => {
    const ran = await authority.done(`add-key --issuer ${issuer} --kid l3 --typs kp --json`);
    expect(ran).not.toMatch(/"(d|x|y|jwk)"/);
  });

  it('is told of every command, with every member it has, in docs/hub.md', () => {
    const documented = new Map<string, readonly string[]>();
    for (const line of readFileSync('docs/hub.md', 'utf8').split('\n')) {
      const [, names = '', members = ''] = /^\| (.*`keys -- .*`) \| (.*) \|$/.exec(line) ?? [];
      const ticked = (text: string) =>
        [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '');
      for (const name of ticked(names))
        documented.set(name.replace('keys -- ', ''), ticked(members));
    }
    expect([...documented.keys()].sort()).toEqual([...program.commands.keys()].sort());
    for (const [typed, facts] of story) {
      const wanted = Object.keys(facts).filter((name) => name !== 'files');
      expect(documented.get(nameOf(typed)), typed).toEqual(expect.arrayContaining(wanted));
    }
  });

  it('has each command in the story, but the one that looks on', () => {
    const typed = new Set(story.map(([line]) => nameOf(line)));
    expect([...program.commands.keys()].filter((name) => !typed.has(name))).toEqual(['show']);
  });
});
