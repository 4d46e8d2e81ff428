import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeAll } from '../../../src/authority/ceremony/files/folder.ts';
import { type Ceremony, ceremony, expectRefusal, trustPhone } from '../../support/ceremony.ts';

let authority: Ceremony;
beforeEach(async () => {
  authority = await ceremony();
});
afterEach(() => authority.close());

const refused = (line: string, code: 1 | 64, why: RegExp) =>
  expectRefusal(authority, line, code, why);

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const file = join(authority.dir, path);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

/** The same length, one character of the signature another. */
const otherByte = (text: string): string =>
  `${text.slice(0, -9)}${text.at(-9) === 'A' ? 'B' : 'A'}${text.slice(-8)}`;

const founded = async () => {
  await authority.done('init --issuers CN-TJ');
  await authority.done('publish-list --issuer CN-TJ');
  await authority.done('publish');
};

describe('tampering', () => {
  test('a state that is no state', async () => {
    await founded();
    await edit('authority.json', (text) => text.slice(0, -9));
    await refused('publish', 1, /authority\.json is not JSON/);
  });

  test('an issuer that phones would refuse', async () => {
    await founded();
    await edit('authority.json', (text) => text.replace('"clear"', '"always"'));
    await refused('publish', 1, /broken in "bundle"/);
  });

  test('a word or member that phones would pass over is not lost in silence', async () => {
    await founded();
    await edit('authority.json', (text) => text.replace('"region"', '"regoin"'));
    await refused('publish', 1, /pass over "venueRules\.0\.regoin"/);
    await edit('authority.json', (text) => text.replace('"regoin"', '"region"'));
    await edit('authority.json', (text) => text.replace('"original-way"', '"orignal-way"'));
    await refused('publish', 1, /pass over "venueRules\.\d+\.mode"/);
  });

  test('a root key slipped into the state', async () => {
    await founded();
    const { root } = await authority.state();
    const [first, second] = root.keys.map(({ jwk }) => jwk.x);
    await edit('authority.json', (text) => text.replace(first ?? '', second ?? ''));
    await refused('rotate-root --replace root-3', 1, /other keys than root 1/);
  });

  test('a revocation taken out of the packed statuses', async () => {
    await founded();
    await authority.done('revoke --issuer CN-TJ --index 5');
    const { statuses } = await authority.state();
    await authority.done('reinstate --issuer CN-TJ --index 5');
    const { statuses: empty } = await authority.state();
    const [from, to] = [empty['CN-TJ']?.lst ?? '', statuses['CN-TJ']?.lst ?? ''];
    await edit('authority.json', (text) => text.replace(from, to));
    await refused('publish-list --issuer CN-TJ', 1, /not what their counts say/);
  });

  test('a published list changed by one character', async () => {
    await founded();
    await edit('public/v1/lists/CN-TJ/2027-01-15', otherByte);
    await refused('publish', 1, /public\/ is not what was published: list of CN-TJ/);
  });

  test('a staged list changed by one character', async () => {
    await founded();
    await authority.done('publish-list --issuer CN-TJ');
    await edit('staged/v1/lists/CN-TJ/2027-01-15', otherByte);
    await refused('publish', 1, /phones would refuse the list of CN-TJ: pin-mismatch/);
  });

  test('a bundle taken away', async () => {
    await founded();
    await rm(join(authority.dir, 'public', 'v1', 'bundle'));
    await refused('publish', 1, /bundle is gone/);
  });

  test('a state set back to an older one cannot bring a version down', async () => {
    await founded();
    const old = await readFile(join(authority.dir, 'authority.json'));
    const phone = trustPhone(authority);
    await authority.done('publish');
    await phone.refresh();
    await writeFile(join(authority.dir, 'authority.json'), old);
    await authority.done('publish');
    expect(await phone.refresh()).toBe('accepted');
    expect(phone.view().bundle.version).toBe(3);
  });

  test('published files set back to older ones', async () => {
    await founded();
    const bundle = join(authority.dir, 'public', 'v1', 'bundle');
    const old = await readFile(bundle);
    await authority.done('publish');
    await writeFile(bundle, old);
    await refused('publish', 1, /bundle rolled-back/);
  });
});

describe('versions', () => {
  test('a bundle that does not grow is refused', async () => {
    await founded();
    await authority.done('publish --version 40');
    await refused('publish --version 39', 1, /phones would refuse the bundle: rolled-back/);
    authority.pass(1);
    await refused('publish --version 40', 1, /same-version-other-bytes/);
    expect(await authority.done('publish')).toContain('bundle 41');
  });

  test('a clock behind the last publication is refused', async () => {
    await founded();
    authority.pass(-60);
    await refused('publish', 1, /clock-behind: the clock here is behind .* --at EPOCH/);
    await refused('suspend-issuer --issuer CN-TJ', 1, /clock-behind/);
  });

  test('a clock more than 14 days after the last publication is refused, until the operator says so', async () => {
    await founded();
    authority.pass(14 * 24 * 3600);
    await authority.done('publish --dry-run');
    authority.pass(1);
    await refused('publish', 1, /clock-ahead: .* over 14 days .* --at EPOCH/);
    await authority.done(`publish --at ${authority.now()}`);
  });

  test('a bundle that was dated ahead gives way to a right one, once the operator says so', async () => {
    await founded();
    const right = authority.now();
    await authority.done(`publish --at ${right + 365 * 24 * 3600}`);
    await refused('publish', 1, /clock-behind/);
    await authority.done(`publish --at ${right}`);
    authority.pass(1);
    await authority.done('publish');
  });
});

describe('keys', () => {
  const hide = (name: string) =>
    rename(join(authority.dir, 'private', name), join(authority.home, name));

  test('one root holder alone cannot make a root', async () => {
    await founded();
    await Promise.all(['root-1.json', 'root-2.json'].map(hide));
    await refused('rotate-root --replace root-1', 1, /root 2 needs 2 of .* 1 are here/);
  });

  test('a lost root key is replaced by the two others', async () => {
    await founded();
    await hide('root-1.json');
    const phone = trustPhone(authority);
    await authority.done('rotate-root --replace root-1');
    expect(await phone.refresh()).toBe('accepted');
    expect(phone.view().root.version).toBe(2);
  });

  test('holders may bring their keys in folders of their own', async () => {
    await founded();
    await Promise.all(['root-1.json', 'root-2.json'].map(hide));
    await authority.done(`rotate-root --replace root-3 --keys ${authority.home}`);
  });

  test('a key file with another key in it signs nothing', async () => {
    await founded();
    const [one, two] = ['root-1', 'root-2'].map((name) =>
      join(authority.dir, 'private', `${name}.json`),
    );
    await writeFile(one ?? '', await readFile(two ?? ''));
    await refused('rotate-root --replace root-3', 1, /root-1\.json holds another key/);
    await writeFile(one ?? '', '{}');
    await refused('rotate-root --replace root-3', 1, /root-1\.json is not a key file/);
  });

  test('the old bundle key publishes nothing any more', async () => {
    await founded();
    await authority.done('rotate-bundle-key');
    await hide('bundle-2.json');
    await refused('publish', 1, /1 of bundle-2 must sign and 0 are here/);
  });

  test('an unknown key is not replaced', async () => {
    await founded();
    await refused('rotate-root --replace root-9', 1, /those are root-1, root-2, root-3/);
    await refused('rotate-bundle-key --replace root-1', 1, /no bundle key in force/);
  });

  test('a threshold nobody can reach is refused', async () => {
    await founded();
    await refused('rotate-root --threshold 4', 1, /needs 4 of its own keys, and 3 are here/);
    await refused('rotate-bundle-key --threshold 2', 1, /bad-shape|must sign/);
  });

  test('a new key never takes the place of another file', async () => {
    await founded();
    await writeFile(join(authority.dir, 'private', 'root-4.json'), 'a key of somebody');
    await refused('rotate-root --replace root-1', 1, /root-4\.json exists; nothing was written/);
  });

  test('an expired root publishes nothing until it is rotated', async () => {
    await authority.done('init --until 2027-01-20');
    authority.pass(6 * 24 * 3600);
    await refused('publish', 1, /root 1 has expired; see rotate-root/);
    await authority.done('rotate-root');
    await authority.done('publish');
    expect(await trustPhone(authority).refresh()).toBe('accepted');
  });
});

describe('a command that is stopped', () => {
  test('by a file it cannot write leaves everything as it was', async () => {
    await founded();
    const before = await authority.published();
    const outputs = ['public/v1/bundle', 'public/v1/bundle/deeper'];
    const writing = writeAll(
      authority.dir,
      outputs.map((path) => ({ path, content: 'new' })),
    );
    await expect(writing).rejects.toThrow();
    expect(await authority.published()).toEqual(before);
    await authority.done('publish');
  });

  test('by another at the same time loses nothing: one is done, the other refused', async () => {
    await founded();
    const lines = [1, 2, 3].map((index) => `revoke --issuer CN-TJ --index ${index}`);
    const ran = await Promise.all(lines.map(authority.keys));
    const done = ran.filter(({ code }) => code === 0).length;
    expect(done).toBeGreaterThan(0);
    expect((await authority.state()).statuses['CN-TJ']?.invalid).toBe(done);
    for (const { code, err } of ran) if (code !== 0) expect(err).toMatch(/meanwhile|is writing/);
  });

  test('in the middle is finished by the next command', async () => {
    await founded();
    const before = await authority.published();
    await authority.done('publish --hours 5');
    const after = await authority.snapshot();
    // as if it had been killed between the first and the last move
    const { dir } = authority;
    await mkdir(join(dir, '.ready', 'public', 'v1'), { recursive: true });
    await rename(join(dir, 'public/v1/bundle'), join(dir, '.ready/public/v1/bundle'));
    await writeFile(join(dir, 'public/v1/bundle'), before.bundle);
    const dry = await authority.keys('publish --dry-run');
    expect([dry.code, dry.err]).toEqual([1, expect.stringContaining('was interrupted')]);
    await authority.done('show');
    expect(await authority.snapshot()).toEqual(after);
  });
});
