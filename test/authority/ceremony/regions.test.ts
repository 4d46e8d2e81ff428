import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peekBundle, readFolder } from '../../../src/authority/trust-folder.ts';
import { acceptTrust, noMarks } from '../../../src/core/trust/accept.ts';
import { readHubKeys } from '../../../src/hub/publish/hub-keys.ts';
import { fileAuthority } from '../../../src/hub/publish/published-folder.ts';
import { type Ceremony, ceremony, expectRefusal } from '../../support/ceremony.ts';

let keys: Ceremony;

beforeEach(async () => {
  keys = await ceremony();
  await keys.done('init --issuers CN-TJ,CN-HE,CN-BJ');
  for (const id of ['CN-TJ', 'CN-HE', 'CN-BJ']) await keys.done(`publish-list --issuer ${id}`);
  await keys.done('set-region --region CN-12 --near CN-TJ,CN-HE');
  await keys.done('publish');
});
afterEach(() => keys.close());

const bundleAt = async (name: string) => {
  const bundle = peekBundle(new Uint8Array(await readFile(join(keys.dir, 'public', 'v1', name))));
  if (!bundle) throw new Error(`${name} is no bundle`);
  return bundle;
};

/** What a phone of the region would hold. */
async function phoneOf(region: string) {
  const { roots, bundle, lists } = await readFolder(join(keys.dir, 'public'), `bundles/${region}`);
  const [pinnedRoot, ...next] = roots;
  if (!pinnedRoot || !bundle) throw new Error('nothing is published');
  const accepted = await acceptTrust(
    { pinnedRoot, roots: next, bundle, lists },
    noMarks,
    keys.now(),
  );
  if (!accepted.ok) throw new Error(`${accepted.error.file} ${accepted.error.problem}`);
  return { ...accepted.value, files: Object.keys(lists) };
}

describe('a region', () => {
  it('has a bundle whose phones hold the lists nearby alone, and know every issuer', async () => {
    const { view, files } = await phoneOf('CN-12');
    expect(files.toSorted()).toEqual(['CN-HE', 'CN-TJ']);
    expect([...view.lists.keys()].toSorted()).toEqual(['CN-HE', 'CN-TJ']);
    expect(view.bundle.region).toBe('CN-12');
    const live = view.bundle.issuers.map(({ id, liveOnly }) => [id, liveOnly ?? false]);
    expect(Object.fromEntries(live)).toEqual({ 'CN-TJ': false, 'CN-HE': false, 'CN-BJ': true });
    expect(view.issuer('CN-BJ')?.keys).toHaveLength((await issuer('CN-BJ')).keys.length);
  });

  it('gets the version and the end of the bundle of all, with each publication', async () => {
    const facts = ({ version, exp, iat }: { version: number; exp: number; iat: number }) => [
      version,
      exp,
      iat,
    ];
    expect(facts(await bundleAt('bundles/CN-12'))).toEqual(facts(await bundleAt('bundle')));
    keys.pass(3600);
    await keys.done('publish');
    expect((await bundleAt('bundles/CN-12')).version).toBe(2);
    expect(facts(await bundleAt('bundles/CN-12'))).toEqual(facts(await bundleAt('bundle')));
  });

  it('that is removed gets no further one', async () => {
    await keys.done('remove-region --region CN-12');
    keys.pass(60);
    await keys.done('publish');
    expect((await bundleAt('bundles/CN-12')).version).toBe(1);
    await expectRefusal(keys, 'remove-region --region CN-12', 1, /no region CN-12/);
  });

  it('names issuers that there are, at least one', async () => {
    await expectRefusal(keys, 'set-region --region CN-12 --near CN-XX', 1, /no issuer CN-XX/);
    await expectRefusal(keys, 'set-region --region CN-12', 64, /--near/);
    await expectRefusal(keys, 'set-region --region ../x --near CN-TJ', 64, /--region/);
  });

  it('is served by its hub in place of the bundle of all, and its time names that bundle', async () => {
    const hubKeys = readHubKeys(join(keys.dir, 'private', 'hub.json'));
    const folder = join(keys.dir, 'public');
    const hub = await fileAuthority(folder, hubKeys, undefined, 'CN-12');
    const served = await hub.bundle(keys.now());
    expect(peekBundle(served)?.region).toBe('CN-12');
    const all = await fileAuthority(folder, hubKeys);
    expect(peekBundle(await all.bundle(keys.now()))?.region).toBeUndefined();
    await expect(fileAuthority(folder, hubKeys, undefined, 'CN-99')).rejects.toThrow(/publish/);
  });

  it('whose bundle is cut on the disk is refused at the start, not served', async () => {
    const hubKeys = readHubKeys(join(keys.dir, 'private', 'hub.json'));
    const file = join(keys.dir, 'public', 'v1', 'bundles', 'CN-12');
    await writeFile(file, (await readFile(file)).subarray(0, 200));
    const folder = join(keys.dir, 'public');
    await expect(fileAuthority(folder, hubKeys, undefined, 'CN-12')).rejects.toThrow(/refuse/);
  });
});

async function issuer(id: string) {
  const found = (await bundleAt('bundle')).issuers.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}
