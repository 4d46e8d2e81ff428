import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochSeconds, toSeconds } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { demoPass } from '../../src/demo/demo-pass.ts';
import { holderPhone } from '../support/authority/holder-phone.ts';
import { gateMemory, said, scanned } from '../support/authority/scanner.ts';
import { citizen, type TestAuthority, testAuthority } from '../support/authority/test-authority.ts';
import { told } from '../support/authority/told.ts';
import { home, randomBytes } from '../support/passes.ts';

let at: TestAuthority;
beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
});
afterAll(() => at.close());

/** Signed in and declared. */
async function holder(person: string, where = at) {
  const browser = await citizen(where, person);
  await browser.declare();
  return browser;
}

/** A code of an issuer that is no service's any more, or never was one here. */
async function codeOf(issuer: string): Promise<string> {
  const request = { issuer, state: 'g', kind: 'live', form: 'cwt' } as const;
  const when = { at: toSeconds(at.clock.wall()), jti: randomBytes(12) };
  const made = await demoPass(demoKeys(), { ...request, ...when });
  if (!made.ok) throw new Error(made.error);
  return made.value.text;
}

describe('a code is of now', () => {
  it('a screenshot is stopped by its age, whatever its colour', async () => {
    const browser = await holder('zhang');
    const { text, nextS } = (await browser.live()).body;
    expect(nextS).toBe(15);
    expect(await said(at, text)).toBe('pass/admitted');
    expect(await said(at, text, { ageS: 91 })).toBe('stop/stale');
    expect((await scanned(at, text, { ageS: 20 })).pass?.ageS).toBe(20);
  });

  it('a picture of a code that a phone stamps by itself is stopped as well', async () => {
    const phone = await holderPhone(await holder('li'));
    const text = await phone.shown((await phone.day()).body.credential);
    expect(await said(at, text)).toBe('pass/admitted');
    expect(await said(at, text, { ageS: 91 })).toBe('stop/stale');
  });
});

describe('at peak hours', () => {
  it('a phone shows its code of the day, and a gate reads it, and neither asks a server', async () => {
    const phone = await holderPhone(await holder('wang'));
    const { credential } = (await phone.day()).body;
    const before = at.lines.length;
    for (const _ of [1, 2, 3]) {
      at.clock.tick(3_600_000);
      expect(await said(at, await phone.shown(credential))).toBe('pass/admitted');
    }
    expect(at.lines.length).toBe(before);
  });

  it('a phone that asks too often is told when to come again', async () => {
    const browser = await holder('hong-kong');
    const asked = [];
    for (let i = 0; i < 20; i++) asked.push(await browser.live());
    const refused = asked.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await holder('macao');
    expect((await other.live()).status).toBe(201);
  });
});

describe('whose code it is', () => {
  it('a code of Hebei is as good in Tianjin as a local one, and the other way round', async () => {
    const hebei = await testAuthority({ issuer: 'CN-HE' });
    const theirs = (await (await holder('zhang', hebei)).live()).body.text;
    expect(await said(hebei, theirs, { gate: home })).toBe('pass/admitted');
    await hebei.close();
    const ours = (await (await holder('taiwan')).live()).body.text;
    expect(await said(at, ours, { gate: { ...home, region: 'CN-HE' } })).toBe('pass/admitted');
  });

  it('codes that companies and Baoding made themselves are accepted no more since 1 May 2020', async () => {
    for (const issuer of ['CN-OLD', 'CN-BD']) {
      expect(await said(at, await codeOf(issuer))).toBe('stop/issuer-retired');
      const entry = at.seat.published()?.bundle.issuers.find(({ id }) => id === issuer);
      expect(entry).toMatchObject({ state: 'retired', retiredOn: '2020-05-01' });
    }
  });

  it('one code shows one person: a second hand within minutes is seen, a resident who comes home again is not stopped', async () => {
    const phone = await holderPhone(await holder('passport'));
    const { credential } = (await phone.day()).body;
    const gate = gateMemory(at);
    const text = await phone.shown(credential);
    expect(await gate(text)).toBe('pass/admitted');
    at.clock.tick(20_000);
    expect(await gate(text)).toBe('check/already-scanned');
    expect(await gate(await phone.shown(credential))).toBe('check/already-scanned');
    at.clock.tick(3_600_000);
    expect(await gate(await phone.shown(credential))).toBe('pass/admitted');
  });
});

describe('a colour that changes', () => {
  it('reaches the code on the phone: who turns red has their stored code revoked within a minute', async () => {
    const browser = await holder('card-2017');
    const phone = await holderPhone(browser);
    const { credential } = (await phone.day()).body;
    expect(await said(at, await phone.shown(credential))).toBe('pass/admitted');
    const until = epochSeconds(toSeconds(at.clock.wall()) + 86_400);
    await told(at, 'card-2017', 'order', { until });
    await at.publish();
    expect(await said(at, await phone.shown(credential))).toBe('stop/revoked');
    expect(await said(at, (await browser.live()).body.text)).toBe('stop/colour-stop');
  });
});
