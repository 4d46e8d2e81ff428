import { beforeAll, describe, expect, test } from 'vitest';
import type { Bundle } from '../../../src/core/trust/bundle.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import { verifyPass } from '../../../src/core/verify/pipeline.ts';
import {
  at,
  type Claims,
  credential,
  cwt,
  dayClaims,
  demoView,
  good,
  home,
  jwt,
  offline,
  paper,
  randomBytes,
  said,
  show,
  signer,
} from '../../support/passes.ts';
import { demoFiles, viewOf, withBundle } from '../../support/trust-sets.ts';

const year = 365 * 86_400;
const stampAt = (iat: number) => ({ typ: 'ks', claims: { iat, jti: randomBytes(12) } });
const fresh: [string, (claims?: Claims) => Promise<string>][] = [
  ['a live CWT', (claims) => cwt({ claims: good(claims) })],
  ['a live JWT', (claims) => jwt({ claims: good(claims) })],
];

describe.each(fresh)('%s of 60 s', (_, make) => {
  test.each([
    [-31, 'unknown/from-the-future'],
    [-30, 'pass/admitted'],
    [0, 'pass/admitted'],
    [89, 'pass/admitted'],
    [90, 'stop/stale'],
    [1e6, 'stop/stale'],
  ])('%i s old is %s', async (ageS, verdict) => {
    // a trust set of that time, so that only the age can decide
    const trust = await demoView(epochSeconds(at + Math.min(ageS, 0) + Math.max(ageS - 100, 0)));
    const text = await make();
    expect(await said(text, { ageS, trust })).toBe(verdict);
    expect((await show(text, { ageS, trust })).pass?.ageS).toBe(ageS);
  });

  test.each([
    [1, 30, 'pass/admitted'],
    [1, 31, 'stop/stale'],
    [20, 49, 'pass/admitted'],
    [20, 50, 'stop/stale'],
    [61, 0, 'stop/malformed'],
    [0, 0, 'stop/malformed'],
    [-5, 0, 'stop/malformed'],
  ])('or rather of %i s, %i s old, is %s', async (lifetime, ageS, verdict) => {
    expect(await said(await make({ exp: at + lifetime }), { ageS })).toBe(verdict);
  });

  test('is judged by whole seconds, the strict way round', async () => {
    const text = await make();
    const trust = await demoView();
    const at_ = (ms: number) => ({ at: epochMillis(at * 1000 + ms), quality: 'held' }) as const;
    const late = await verifyPass(text, { now: at_(89_999), trust, gate: home });
    const early = await verifyPass(text, { now: at_(-30_001), trust, gate: home });
    expect([late.reason, early.reason]).toEqual(['admitted', 'from-the-future']);
  });
});

test.each(['synced', 'held', 'unconfirmed'] as const)(
  'a clock that is %s decides',
  async (quality) => {
    expect(await said(await cwt(), { quality })).toBe('pass/admitted');
  },
);

describe('a stamp on a day credential', () => {
  test.each([
    [-31, 'unknown/from-the-future'],
    [-30, 'pass/admitted'],
    [89, 'pass/admitted'],
    [90, 'stop/stale'],
  ])('%i s old is %s', async (ageS, verdict) => {
    const text = await offline({ stamp: stampAt(at + 3600 - ageS) });
    expect(await said(text, { ageS: 3600 })).toBe(verdict);
  });
});

describe('a day credential', () => {
  const withDay = async (over: Claims, ageS: number) => {
    const parts = { typ: 'kc', by: await signer('credential'), claims: dayClaims(over) };
    return said(await offline({ credential: parts, stamp: stampAt(at + ageS) }), { ageS });
  };
  test.each([
    ['counts from its first second', {}, 0, 'pass/admitted'],
    ['does not count a second early, whatever the skew', {}, -1, 'stop/not-yet-valid'],
    ['counts in its last second', { exp: at + 3600 }, 3599, 'pass/admitted'],
    ['ends with its exp, whatever the skew', { exp: at + 3600 }, 3600, 'stop/expired'],
    ['waits for its nbf', { nbf: at + 100 }, 99, 'stop/not-yet-valid'],
    ['counts from its nbf', { nbf: at + 100 }, 100, 'pass/admitted'],
    ['lives no longer than 24 h', { exp: at + 86_401 }, 10, 'stop/malformed'],
  ])('%s', async (_, over, ageS, verdict) => {
    expect(await withDay(over, ageS)).toBe(verdict);
  });
});

describe('paper', () => {
  test.each([
    ['lives 400 days', 400 * 86_400, 399 * 86_400, 'check/paper-check-id'],
    ['and not a second longer', 400 * 86_400 + 1, 10, 'stop/malformed'],
    ['ends with its exp', year, year, 'stop/expired'],
    ['does not count before its iat', year, -1, 'stop/not-yet-valid'],
  ])('%s', async (_, lifetime, ageS, verdict) => {
    const trust = await demoView(epochSeconds(at + ageS));
    const text = await paper({ claims: good({ exp: at + lifetime }) });
    expect(await said(text, { ageS, trust })).toBe(verdict);
  });
});

describe('the limits of the bundle', () => {
  let tight: TrustView;
  let loose: TrustView;
  const limited = async (limits: Bundle['limits']) =>
    viewOf(await withBundle(await demoFiles(), (bundle) => ({ ...bundle, limits })));
  beforeAll(async () => {
    tight = await limited({ liveS: 20, skewS: 5, credentialS: 60, paperS: 60 });
    loose = await limited({ liveS: 1e6, skewS: 1e6, credentialS: 1e9, paperS: 1e9 });
  });

  test('tighten', async () => {
    const short = await cwt({ claims: good({ exp: at + 20 }) });
    expect(await said(short, { trust: tight, ageS: 24 })).toBe('pass/admitted');
    expect(await said(short, { trust: tight, ageS: 25 })).toBe('stop/stale');
    expect(await said(short, { trust: tight, ageS: -6 })).toBe('unknown/from-the-future');
    expect(await said(await cwt(), { trust: tight })).toBe('stop/malformed');
    expect(await said(await paper(), { trust: tight })).toBe('stop/malformed');
    expect(await said(await offline(), { trust: tight })).toBe('stop/malformed');
    const by = await signer('credential');
    const minute = { typ: 'kc', by, claims: dayClaims({ exp: at + 60 }) };
    const text = await offline({ credential: minute });
    expect(await said(text, { trust: tight, ageS: 24 })).toBe('pass/admitted');
    expect(await said(text, { trust: tight, ageS: 25 })).toBe('stop/stale');
  });

  test('never loosen the caps compiled in', async () => {
    const long = (lifetime: number) => cwt({ claims: good({ exp: at + lifetime }) });
    expect(await said(await long(120), { trust: loose, ageS: 179 })).toBe('pass/admitted');
    expect(await said(await long(120), { trust: loose, ageS: 180 })).toBe('stop/stale');
    expect(await said(await long(121), { trust: loose })).toBe('stop/malformed');
    expect(await said(await long(60), { trust: loose, ageS: -61 })).toBe('unknown/from-the-future');
    const claims = good({ exp: at + 400 * 86_400 + 1 });
    expect(await said(await paper({ claims }), { trust: loose })).toBe('stop/malformed');
    const day = dayClaims({ exp: at + 86_401 });
    const by = await signer('credential');
    const text = await offline({ credential: { typ: 'kc', by, claims: day } });
    expect(await said(text, { trust: loose })).toBe('stop/malformed');
    // a stamp lives 60 s whatever the bundle says
    const stamped = await offline({ stamp: stampAt(at) });
    expect(await said(stamped, { trust: loose, ageS: 119 })).toBe('pass/admitted');
    expect(await said(stamped, { trust: loose, ageS: 120 })).toBe('stop/stale');
  });
});

test('a credential alone, without a stamp, is refused', async () => {
  const pair = (day: Uint8Array) => [day];
  expect(await said(await offline({ pair }))).toBe('stop/malformed');
  expect(await said(await offline({ pair: (day) => [day, day] }))).toBe('stop/malformed');
  expect((await credential()).length).toBeGreaterThan(100);
});
