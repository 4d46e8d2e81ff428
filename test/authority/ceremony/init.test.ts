import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPinnedRoot } from '../../../src/core/trust/root.ts';
import { pinnedRoot } from '../../../src/demo/demo-keys.ts';
import { demoInit } from '../../../src/demo/demo-set.ts';
import { type Ceremony, ceremony, expectRefusal } from '../../support/ceremony.ts';

let authority: Ceremony;
beforeEach(async () => {
  authority = await ceremony();
});
afterEach(() => authority.close());

const refused = (line: string, code: 1 | 64, why: RegExp) =>
  expectRefusal(authority, line, code, why);

const founded = async () => {
  await authority.done('init --issuers CN-TJ');
  await authority.done('publish-list --issuer CN-TJ');
  await authority.done('publish');
};

describe('init', () => {
  test('gives each holder one file that only its owner can read', async () => {
    await authority.done('init --issuers CN-TJ,CN-HE');
    const files = await readdir(join(authority.dir, 'private'));
    const holders = ['CN-HE', 'CN-TJ', 'bundle-1', 'hub', 'root-1', 'root-2', 'root-3'];
    expect(files.sort()).toEqual(holders.map((name) => `${name}.json`));
    for (const file of files) {
      expect((await stat(join(authority.dir, 'private', file))).mode & 0o777).toBe(0o600);
    }
  });

  test('puts no private half into the state or what is published', async () => {
    await founded();
    for (const [path, content] of Object.entries(await authority.snapshot())) {
      const text = Buffer.from(content, 'base64').toString();
      expect([path, /"d":/.test(text)]).toEqual([path, path.startsWith('private/')]);
    }
  });

  test('never runs twice in one folder', async () => {
    await authority.done('init');
    await refused('init', 1, /authority\.json exists; nothing was written/);
  });

  test('is not done inside a git work tree', async () => {
    await mkdir(join(authority.home, '.git'));
    const ran = await authority.keys('init');
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('git work tree')]);
    expect(await readdir(authority.home)).toEqual(['.git']);
  });

  test('as a dry run writes nothing', async () => {
    expect(await authority.done('init --issuers CN-TJ --dry-run')).toContain('nothing written');
    expect(await readdir(authority.home)).toEqual([]);
  });

  test('for the demo says first of all that the keys are worthless', async () => {
    await demoInit({ dir: authority.dir, now: authority.now(), dryRun: false });
    const text = await readFile(join(authority.dir, 'demo-private.json'), 'utf8');
    expect(Object.keys(JSON.parse(text))[0]).toBe('WARNING');
  });

  test('made the root in keys/: two of three, past 2035', async () => {
    const root = await openPinnedRoot(pinnedRoot());
    expect(root).toMatchObject({ ok: true, value: { version: 1, threshold: 2 } });
    expect(root.ok && root.value.exp).toBeGreaterThan(Date.UTC(2036) / 1000);
  });
});

describe('what was typed wrong ends with 64 and one line', () => {
  test.each([
    ['paint', /no command paint/],
    ['init --issuers ../CN', /code like CN-TJ/],
    ['init --threshold 4', /--threshold takes a whole number from 1 to 3/],
    ['init --until 2026-01-01', /in the past/],
    ['publish --hours 73', /--hours takes a whole number from 1 to 72/],
    ['publish --at noon', /--at takes whole seconds/],
    ['revoke --issuer CN-TJ', /--index N or --index-file/],
    ['revoke --issuer CN-TJ --index -1', /--index/],
    ['revoke --index 1', /--issuer is needed/],
    ['retire-issuer --issuer CN-TJ --on 2027-02-30', /a day like/],
    ['add-key --issuer CN-TJ --kid k --typs all', /--typs are among/],
    ['add-issuer --issuer CN-HE --scheme blue --name x', /--scheme is one of/],
    ['show --colour', /there is no option --colour/],
  ])('%s', async (line, why) => {
    await authority.done('init');
    await refused(line, 64, why);
  });

  test('a folder that is none is no authority', async () => {
    await mkdir(authority.dir);
    await refused('show', 1, /holds no authority\.json/);
  });
});

describe('a dry run', () => {
  test.each([
    'rotate-root --replace root-1',
    'rotate-bundle-key',
    'publish --hours 1',
    'publish-list --issuer CN-TJ',
    'revoke --issuer CN-TJ --index 1',
    'add-key --issuer CN-TJ --kid l2 --typs kp',
    'add-issuer --issuer CN-HE --scheme hebei --name 河北',
  ])('of %s says what it would do and touches nothing', async (line) => {
    await founded();
    const before = await authority.snapshot();
    expect(await authority.done(`${line} --dry-run`)).toContain('nothing written');
    expect(await authority.snapshot()).toEqual(before);
  });
});
