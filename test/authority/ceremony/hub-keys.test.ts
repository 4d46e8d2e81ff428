import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ceremony, ceremony, expectRefusal, trustPhone } from '../../support/ceremony.ts';

let authority: Ceremony;
beforeAll(async () => {
  authority = await ceremony();
  for (const line of ['init --issuers CN-TJ', 'publish-list --issuer CN-TJ', 'publish'])
    await authority.done(line);
});
afterAll(() => authority.close());

const keyFile = async (name: string) =>
  JSON.parse(await readFile(join(authority.dir, 'private', `${name}.json`), 'utf8'));

it('the hub has one pair at first, and that one cannot be retired', async () => {
  expect(await authority.done('show')).toContain('hub keys     1, the newest hub');
  await expectRefusal(authority, 'retire-hub-keys', 1, /one pair only; see add-hub-keys/);
});

it('a dry run makes no pair', async () => {
  const before = await authority.snapshot();
  await authority.done('add-hub-keys --dry-run');
  expect(await authority.snapshot()).toEqual(before);
});

it('a further pair has a file of its own, and phones know both once it is published', async () => {
  const phone = trustPhone(authority);
  await authority.done('add-hub-keys');
  const { receipt, time } = await keyFile('hub-2');
  expect([receipt.kid, time.kid]).toEqual(['receipt-2', 'time-2']);
  expect((await keyFile('hub')).receipt.kid).toBe('receipt-1');
  authority.pass(60);
  await authority.done('publish');
  await phone.refresh();
  expect(phone.view().bundle.hub.receiptKeys.map(({ x }) => x)).toEqual([
    (await keyFile('hub')).receipt.jwk.x,
    receipt.jwk.x,
  ]);
});

it('retiring takes the oldest pair, and a number is never used twice', async () => {
  const phone = trustPhone(authority);
  await authority.done('retire-hub-keys');
  await authority.done('add-hub-keys');
  authority.pass(60);
  await authority.done('publish');
  await phone.refresh();
  const { timeKeys } = phone.view().bundle.hub;
  const pairs = [await keyFile('hub-2'), await keyFile('hub-3')];
  expect(timeKeys.map(({ x }) => x)).toEqual(pairs.map(({ time }) => time.jwk.x));
  expect(await authority.done('show')).toContain('hub keys     2, the newest hub-3');
});
