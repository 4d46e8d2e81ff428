import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateKey, publicHalf } from '../../../src/authority/keys.ts';
import { type Ceremony, ceremony, trustPhone } from '../../support/ceremony.ts';

let authority: Ceremony;
beforeEach(async () => {
  authority = await ceremony();
  await authority.done('init --issuers CN-TJ');
});
afterEach(() => authority.close());

async function refused(line: string, why: RegExp): Promise<void> {
  const before = await authority.snapshot();
  const { code, err } = await authority.keys(line);
  expect([code, err]).toEqual([1, expect.stringMatching(why)]);
  expect(await authority.snapshot()).toEqual(before);
}

async function publishedIssuer(id: string) {
  await authority.done('publish');
  const phone = trustPhone(authority);
  expect(await phone.refresh()).toBe('accepted');
  return phone.view().issuer(id);
}

describe('an issuer', () => {
  test('is added with names, scheme, hotline and keys of its own', async () => {
    await authority.done(
      'add-issuer --issuer CN-HE --scheme hebei --name 河北 --name-en Hebei --hotline 0311-12345',
    );
    expect(await publishedIssuer('CN-HE')).toMatchObject({
      name: { 'zh-CN': '河北', 'zh-TW': '河北', en: 'Hebei' },
      state: 'active',
      hotline: '0311-12345',
      keys: [{ kid: 'l1' }, { kid: 'c1' }, { kid: 'p1' }, { kid: 's1' }],
      states: { g: { colour: 'green' }, y: { colour: 'yellow' }, r: { colour: 'red' } },
    });
  });

  test('is not added twice', async () => {
    await refused('add-issuer --issuer CN-TJ --scheme tianjin --name x', /there already/);
  });

  test('that is not there is not touched, and those that are there are named', async () => {
    await refused('suspend-issuer --issuer CN-HE', /no issuer CN-HE; there are: CN-TJ/);
  });

  test('is suspended and resumed, once each', async () => {
    await refused('resume-issuer --issuer CN-TJ', /active already/);
    await authority.done('suspend-issuer --issuer CN-TJ');
    expect((await publishedIssuer('CN-TJ'))?.state).toBe('suspended');
    await refused('suspend-issuer --issuer CN-TJ', /suspended already/);
  });

  test('retires on its day, not before, and never comes back', async () => {
    await authority.done('retire-issuer --issuer CN-TJ --on 2027-01-17');
    expect(await publishedIssuer('CN-TJ')).toMatchObject({ state: 'active' });
    authority.pass(2 * 24 * 3600);
    expect(await publishedIssuer('CN-TJ')).toMatchObject({
      state: 'retired',
      retiredOn: '2027-01-17',
    });
    await refused('resume-issuer --issuer CN-TJ', /retired, for good/);
    await refused('retire-issuer --issuer CN-TJ', /retired already/);
  });
});

describe('a key of an issuer', () => {
  test('is added beside the others, with its window and what it may sign', async () => {
    await authority.done('add-key --issuer CN-TJ --kid l2 --typs kp,kc --until 2027-06-30');
    const issuer = await publishedIssuer('CN-TJ');
    expect(issuer?.keys.at(-1)).toMatchObject({
      kid: 'l2',
      typs: ['kp', 'kc'],
      nbf: authority.now(),
      exp: Date.UTC(2027, 5, 30) / 1000,
    });
    await refused('add-key --issuer CN-TJ --kid l2 --typs kd', /has had a key l2/);
  });

  test('may be made by the issuer, who hands in the public half only', async () => {
    const key = await generateKey('own-1');
    const file = join(authority.home, 'own.json');
    const line = `add-key --issuer CN-TJ --kid own-1 --typs kp --public ${file}`;
    await writeFile(file, JSON.stringify(key));
    await refused(line, /no public P-256 JWK/);
    await writeFile(file, JSON.stringify({ kid: 'own-1', jwk: publicHalf(key) }));
    await authority.done(line);
    expect((await publishedIssuer('CN-TJ'))?.keys.at(-1)?.jwk).toEqual(publicHalf(key));
    await refused(line.replace('--kid own-1', '--kid own-2'), /this very key/);
  });

  test('that has ended signs no list, and the list it signed is not published again', async () => {
    await authority.done('publish-list --issuer CN-TJ');
    await authority.done('publish');
    await authority.done('retire-key --issuer CN-TJ --kid s1');
    authority.pass(1);
    await refused('publish-list --issuer CN-TJ', /no key for statuslist in its window/);
    await refused('publish', /refuse the list of CN-TJ: unknown-key/);
    await authority.done('add-key --issuer CN-TJ --kid s2 --typs statuslist,kakou-delta');
    expect(await authority.done('show')).toMatch(/CN-TJ has no list that phones would take/);
    await authority.done('publish-list --issuer CN-TJ');
    expect((await publishedIssuer('CN-TJ'))?.list).toBeDefined();
  });

  test('is not retired twice, nor one that is not there', async () => {
    await authority.done('retire-key --issuer CN-TJ --kid l1');
    await refused('retire-key --issuer CN-TJ --kid l1 --on 2027-03-01', /ends 2027-01-15/);
    await refused('retire-key --issuer CN-TJ --kid l9', /it has l1, c1, p1, s1/);
  });
});

describe('statuses', () => {
  test('outside the list, or that the list cannot hold, are refused', async () => {
    await refused('revoke --issuer CN-TJ --index 1048576', /ends before 1048576/);
    await authority.done('add-issuer --issuer CN --scheme national --name 国 --bits 1 --size 64');
    await refused('suspend --issuer CN --index 3', /can revoke, not suspend/);
    await refused('revoke --issuer CN --index 64', /ends before 64/);
  });

  test('come one a line from a file, and again does no harm', async () => {
    const file = join(authority.home, 'indices');
    await writeFile(file, '3\n4\r\n\n5\n');
    const line = `revoke --issuer CN-TJ --index 3 --index-file ${file}`;
    expect(await authority.done(line)).toMatch(/^3 of CN-TJ revoked/);
    expect(await authority.done(line)).toMatch(/^0 of CN-TJ revoked/);
    expect((await authority.state()).statuses['CN-TJ']).toMatchObject({ invalid: 3, suspended: 0 });
  });

  test('in no list yet are pointed out, until they are', async () => {
    await authority.done('publish-list --issuer CN-TJ');
    await authority.done('revoke --issuer CN-TJ --index 3');
    expect(await authority.done('publish')).toMatch(/1 changes of CN-TJ are in no list/);
    await authority.done('publish-delta --issuer CN-TJ');
    expect(await authority.done('publish')).not.toContain('in no list');
  });

  test('a delta without a full list is refused', async () => {
    await refused('publish-delta --issuer CN-TJ', /no full list to build on/);
  });

  test('show says what is in force, until when, and what is to be done', async () => {
    await authority.done('publish-list --issuer CN-TJ');
    await authority.done('publish');
    authority.pass(25 * 3600);
    const shown = await authority.done('show');
    expect(shown).toMatch(/^root 1 .*until 2029-01-14 06:00 UTC; 2 of root-1, root-2, root-3$/m);
    expect(shown).toMatch(/^bundle 1 .*until 2027-01-18 06:00 UTC$/m);
    expect(shown).toMatch(/^! the list of CN-TJ is 25 h old: publish-list$/m);
    authority.pass(72 * 3600);
    expect(await authority.done('show')).toMatch(/^bundle 1 .*: EXPIRED$/m);
  });
});
