import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NamedKey } from '../../../src/authority/keys.ts';
import { signerOf } from '../../../src/authority/keys.ts';
import { columnCipher } from '../../../src/authority/privacy/column-cipher.ts';
import { newSecrets } from '../../../src/authority/privacy/secrets.ts';
import { duePublication } from '../../../src/authority/publishing/cadence.ts';
import { publishList } from '../../../src/authority/publishing/publish-list.ts';
import { openSeat, type Seat } from '../../../src/authority/publishing/seat.ts';
import { takeListOver } from '../../../src/authority/publishing/take-over.ts';
import { revokeOf, takeIndex } from '../../../src/authority/store/indices.ts';
import { takePerson } from '../../../src/authority/store/persons.ts';
import { peekBundle } from '../../../src/authority/trust-folder.ts';
import { epochMillis, epochSeconds, toMillis } from '../../../src/core/units.ts';
import type { Sql } from '../../../src/node/database.ts';
import { openAuthority } from '../../support/authority/databases.ts';
import { someone } from '../../support/authority/people.ts';
import { type Ceremony, ceremony, trustPhone } from '../../support/ceremony.ts';
import { randomBytes } from '../../support/passes.ts';

let keys: Ceremony;
let sql: Sql;
let seat: Seat;
let person: string;
const cipher = columnCipher(newSecrets(randomBytes), randomBytes);
const now = () => toMillis(keys.now());

async function secret<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(keys.dir, 'private', `${name}.json`), 'utf8')) as T;
}

beforeAll(async () => {
  keys = await ceremony();
  const add = 'add-issuer --issuer CN-TJ --scheme tianjin --name 天津 --size 4096';
  for (const line of ['init', add, 'revoke --issuer CN-TJ --index 7']) await keys.done(line);
  for (const line of ['publish-list --issuer CN-TJ', 'publish']) await keys.done(line);
  sql = await openAuthority();
  const own = await secret<{ keys: NamedKey[] }>('CN-TJ');
  seat = openSeat(join(keys.dir, 'public'), 'CN-TJ', own.keys);
  const needs = { cipher, random: randomBytes, now: now() };
  person = await sql.transaction((tx) => takePerson(tx, someone(1), needs));
});
afterAll(async () => {
  await sql.close();
  await keys.close();
});

const due = () => duePublication(sql, seat.issuer()?.list, now());
async function publish() {
  const bundleSigners = [await signerOf(await secret<NamedKey>('bundle-1'))];
  return publishList({ sql, seat, folder: join(keys.dir, 'public'), bundleSigners }, now());
}
async function index(): Promise<number> {
  const expiresAt = epochSeconds(keys.now() + 86_400);
  const wanted = { person, kind: 'credential', state: 'g', expiresAt } as const;
  const taken = await takeIndex(sql, wanted, 4096, randomBytes, now());
  if (taken === undefined) throw new Error('the list is full');
  return taken;
}
const revoke = (urgent: boolean) => revokeOf(sql, [person], { urgent, now: now() });

it('takes the ceremony’s list over, and phones take each of its own after that', async () => {
  const phone = trustPhone(keys);
  expect(await phone.refresh()).toBe('accepted');
  await takeListOver(sql, seat, join(keys.dir, 'public'), now());
  expect(await due()).toBe('new-day');
  keys.pass(60);
  expect(await publish()).toMatchObject({ full: true, revoked: 1 });
  expect(await phone.refresh()).toBe('accepted');
  expect(phone.status('CN-TJ', 7)).toBe('invalid');
  expect(await due()).toBeUndefined();

  const [calm, other] = [await index(), await index()];
  expect(new Set([calm, other, 7]).size).toBe(3);
  await revoke(false);
  keys.pass(1800);
  expect(await due()).toBeUndefined();
  keys.pass(1800);
  expect(await due()).toBe('hourly');
  expect(await publish()).toMatchObject({ full: false, revoked: 3 });
  expect(await phone.refresh()).toBe('accepted');
  expect(phone.status('CN-TJ', calm)).toBe('invalid');

  const urgent = await index();
  await revoke(true);
  expect(await due()).toBeUndefined(); // one was published this second
  keys.pass(20);
  expect(await due()).toBe('urgent');
  await publish();
  expect(await phone.refresh()).toBe('accepted');
  expect([urgent, other].map((one) => phone.status('CN-TJ', one))).toEqual(['invalid', 'invalid']);
  expect(await due()).toBeUndefined();
});

it('on the next day a full list takes the place of both, and codes that are over are in it no more', async () => {
  const phone = trustPhone(keys);
  const used = await index();
  await revoke(true);
  keys.pass(86_400 + 60);
  expect(await due()).toBe('new-day');
  const made = await publish();
  expect(made).toMatchObject({ full: true, revoked: 1 }); // the ceremony's own stays
  expect(await phone.refresh()).toBe('accepted');
  expect(phone.status('CN-TJ', used)).toBe('valid');
  expect(phone.status('CN-TJ', 7)).toBe('invalid');
});

it('an index rests for three days after its code is over, and has another owner only then', async () => {
  const one = await index();
  const only = async (size: number) =>
    takeIndex(
      sql,
      { person, kind: 'credential', state: 'g', expiresAt: epochSeconds(keys.now() + 60) },
      size,
      (length) => {
        const bytes = new Uint8Array(length);
        new DataView(bytes.buffer).setUint32(0, one);
        return bytes;
      },
      now(),
    );
  expect(await only(4096)).toBeUndefined();
  keys.pass(86_400 + 72 * 3600);
  expect(await only(4096)).toBeUndefined();
  keys.pass(1);
  expect(await only(4096)).toBe(one);
});

it('a bundle of the ceremony’s keeps the service’s list, and the ceremony keeps it no longer', async () => {
  // the ceremony says how long a bundle lives, and its end has come: the service makes none longer
  await expect(publish()).rejects.toThrow('phones would refuse the bundle: lifetime');
  await keys.done('publish');
  await publish();
  const phone = trustPhone(keys);
  await phone.refresh();
  const before = seat.issuer()?.list;
  keys.pass(60);
  await keys.done('suspend-issuer --issuer CN-TJ');
  await keys.done('publish');
  expect(await phone.refresh()).toBe('accepted');
  expect(seat.issuer()?.list).toEqual(before);
  expect(await seat.signer('kp', keys.now())).toBeUndefined(); // nothing is signed for a suspended scheme
  const refused = await keys.keys('publish-list --issuer CN-TJ');
  expect(refused.err).toContain('no status list here');
  await keys.done('resume-issuer --issuer CN-TJ');
  await keys.done('publish');
  expect((await seat.signer('kp', keys.now()))?.kid).toBe('l1');
  expect(await due()).toBeUndefined();
});

it('a clock behind the bundle dates nothing back, and a foreign list is replaced by ours', async () => {
  const phone = trustPhone(keys);
  await phone.refresh();
  const late = epochMillis(now() - 3_600_000);
  const bundleSigners = [await signerOf(await secret<NamedKey>('bundle-1'))];
  await publishList({ sql, seat, folder: join(keys.dir, 'public'), bundleSigners }, late);
  expect(await phone.refresh()).toBe('accepted');
  await sql.query("update published_list set sha256 = 'another'");
  expect(await due()).toBe('not-ours');
  expect(await publish()).toMatchObject({ full: true });
  expect(await phone.refresh()).toBe('accepted');
});

it('without the right bundle key nothing is written that phones would refuse', async () => {
  const before = await keys.snapshot();
  const own = await secret<{ keys: NamedKey[] }>('CN-TJ');
  const [stranger] = own.keys;
  if (!stranger) throw new Error('no key');
  const needs = { sql, seat, folder: join(keys.dir, 'public') };
  await expect(
    publishList({ ...needs, bundleSigners: [await signerOf(stranger)] }, now()),
  ).rejects.toThrow('phones would refuse the bundle');
  expect(await keys.snapshot()).toEqual(before);
});

it('signs the bundle of each region anew too: with the new list where it is near', async () => {
  for (const line of [
    'add-issuer --issuer CN-HE --scheme hebei --name 河北 --size 4096',
    'publish-list --issuer CN-HE',
    'set-region --region CN-12 --near CN-TJ',
    'set-region --region CN-13 --near CN-HE',
    'publish',
  ])
    await keys.done(line);
  keys.pass(86_400);
  await publish();
  const pinOf = async (region: string, id: string) => {
    const path = join(keys.dir, 'public', 'v1', 'bundles', region);
    const bundle = peekBundle(new Uint8Array(await readFile(path)));
    const found = bundle?.issuers.find((one) => one.id === id);
    return { version: bundle?.version, pin: found?.list, liveOnly: found?.liveOnly };
  };
  const { bundle, issuer } = { bundle: seat.published()?.bundle, issuer: seat.issuer() };
  const { version } = bundle ?? {};
  expect(await pinOf('CN-12', 'CN-TJ')).toEqual({
    version,
    pin: issuer?.list,
    liveOnly: undefined,
  });
  expect(await pinOf('CN-13', 'CN-TJ')).toEqual({ version, pin: undefined, liveOnly: true });
  expect((await pinOf('CN-13', 'CN-HE')).pin).toBeDefined();
});
