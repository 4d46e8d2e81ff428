import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateKey } from '../../../src/authority/keys.ts';
import type { Authority } from '../../../src/authority/publisher.ts';
import { readFolder } from '../../../src/authority/trust-folder.ts';
import { fromUtf8, utf8 } from '../../../src/core/bytes.ts';
import { openReceipt } from '../../../src/core/log/receipt.ts';
import { openSignedTime } from '../../../src/core/trust/signed-time.ts';
import { createHub } from '../../../src/hub/app.ts';
import { readHubKeys } from '../../../src/hub/publish/hub-keys.ts';
import { fileAuthority } from '../../../src/hub/publish/published-folder.ts';
import { chooseAuthority } from '../../../src/hub/start/choose-authority.ts';
import { type Ceremony, ceremony, trustPhone } from '../../support/ceremony.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { fakeClock } from '../../support/fakes/fake-clock.ts';

let operator: Ceremony;
let folder: string;
let keyFile: string;
let authority: Authority;
beforeAll(async () => {
  operator = await ceremony();
  for (const line of [
    'init --issuers CN-TJ',
    'revoke --issuer CN-TJ --index 3',
    'publish-list --issuer CN-TJ',
    'publish',
  ]) {
    await operator.done(line);
  }
  folder = join(operator.dir, 'public');
  keyFile = join(operator.dir, 'private', 'hub.json');
  authority = await fileAuthority(folder, readHubKeys(keyFile));
});
afterAll(() => operator.close());

const bundleText = async () => fromUtf8(await authority.bundle(operator.now())) ?? '';

/** The set as a phone gets it from the authority, not from the folder. */
async function served() {
  const { pinnedRoot, roots } = await operator.published();
  const list = (await authority.list('CN-TJ', '2027-01-15')) ?? '';
  const delta = await authority.delta('CN-TJ');
  const lists = { 'CN-TJ': delta === undefined ? { list } : { list, delta } };
  return { pinnedRoot, roots, bundle: await authority.bundle(operator.now()), lists };
}

it('serves what was published, and what is published next without a restart', async () => {
  const phone = trustPhone(operator);
  expect(await phone.offer(await served())).toBe('accepted');
  const before = await bundleText();
  expect(await bundleText()).toBe(before);
  operator.pass(3600);
  await operator.done('revoke --issuer CN-TJ --index 4');
  await operator.done('publish-delta --issuer CN-TJ');
  await operator.done('publish');
  expect(await phone.offer(await served())).toBe('accepted');
  expect(phone.view().bundle.version).toBe(2);
  expect(phone.status('CN-TJ', 4)).toBe('invalid');
  expect(authority.root(1)).toEqual((await readFolder(folder)).roots[0]);
  expect(authority.root(2)).toBeUndefined();
  await operator.done('rotate-root');
  expect(authority.root(2)).toBeDefined();
});

it('signs time and receipts by keys the bundle names, and time names the bundle in force', async () => {
  const phone = trustPhone(operator);
  await phone.refresh();
  const { timeKeys, receiptKeys } = phone.view().bundle.hub;
  const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
  const time = utf8(await authority.signTime(nonce, operator.now()));
  expect(await openSignedTime(time, { keys: timeKeys, nonce })).toMatchObject({
    ok: true,
    value: { t: operator.now(), bundleVersion: phone.view().bundle.version },
  });
  const claims = { device: 'd', seq: 1, head: '0'.repeat(64), t: operator.now() };
  const receipt = utf8(await authority.signReceipt(claims));
  expect(await openReceipt(receipt, receiptKeys)).toEqual({ ok: true, value: claims });
  expect((await openReceipt(receipt, timeKeys)).ok).toBe(false);
});

it('goes on with the bundle before when the new one is broken', async () => {
  const before = await bundleText();
  const file = join(folder, 'v1', 'bundle');
  await rename(file, `${file}.kept`);
  await writeFile(file, before.slice(0, 100));
  expect(await bundleText()).toBe(before);
  await rename(`${file}.kept`, file);
  expect(await bundleText()).toBe(before);
});

it('has no demo routes', async () => {
  const clock = fakeClock();
  const sql = await openEmbedded();
  const silent = { info() {}, warn() {}, error() {} };
  const random = (length: number) => new Uint8Array(length);
  const app = createHub({ authority, sql, clock, random, log: silent });
  expect((await app.request('/demo/enrolment-code', { method: 'POST' })).status).toBe(404);
  expect((await app.request('/v1/bundle')).status).toBe(200);
  expect((await app.request('/v1/lists/CN-TJ/2027-01-15')).status).toBe(200);
  await sql.close();
});

it('does not start on hub keys the bundle does not name, nor on a file that holds none', async () => {
  const strange = join(operator.home, 'strange.json');
  const [receipt, time] = [await generateKey('receipt-1'), await generateKey('time-1')];
  await writeFile(strange, JSON.stringify({ receipt, time }));
  await expect(fileAuthority(folder, readHubKeys(strange))).rejects.toThrow('does not name');
  expect(() => readHubKeys(join(operator.dir, 'authority.json'))).toThrow('holds no hub keys');
  expect(() => readHubKeys(join(operator.home, 'nothing'))).toThrow('cannot be read');
});

it('does not start on a folder phones would refuse', async () => {
  const keys = readHubKeys(keyFile);
  await expect(fileAuthority(operator.home, keys)).rejects.toThrow('no published trust set');
  const copy = join(operator.home, 'copy', 'v1');
  await mkdir(join(copy, 'root'), { recursive: true });
  await copyFile(join(folder, 'v1/root/1'), join(copy, 'root/1'));
  const bundle = await readFile(join(folder, 'v1/bundle'), 'utf8');
  await writeFile(join(copy, 'bundle'), bundle);
  const start = fileAuthority(join(operator.home, 'copy'), keys);
  await expect(start).rejects.toThrow(/phones would refuse .*: (list of CN-TJ missing|bundle)/);
});

it('does not serve a scanner that is built on another root', async () => {
  const options = { authority: { trust: folder, hubKeys: keyFile } };
  const now = operator.now;
  await expect(chooseAuthority({ ...options, app: true }, now)).rejects.toThrow('another root 1');
  expect((await chooseAuthority({ ...options, app: false }, now)).demo).toBe(false);
  expect((await chooseAuthority({ app: true }, now)).demo).toBe(true);
});
