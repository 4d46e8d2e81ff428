import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base64url.ts';
import { checkVenueCode } from '../../../src/core/place/check-venue-code.ts';
import { mintVenueCode } from '../../../src/core/place/mint-venue-code.ts';
import { parseVenueCode, type VenueCode } from '../../../src/core/place/venue-code.ts';
import type { TrustedNow } from '../../../src/core/time/trusted-now.ts';
import type { TrustView } from '../../../src/core/trust/view.ts';
import { epochMillis, epochSeconds } from '../../../src/core/units.ts';
import {
  at,
  cwt,
  demoView,
  good,
  kk1,
  paper,
  randomBytes,
  said,
  sign1,
  signer,
  stranger,
} from '../../support/passes.ts';

const day = 24 * 3600;
const library = (over: Partial<VenueCode> = {}): VenueCode => ({
  iss: 'CN-TJ',
  iat: at,
  exp: epochSeconds(at + 400 * day),
  id: toBase64url(randomBytes(16)),
  place: 'demo-gate',
  name: '天津图书馆南门',
  venue: 'other',
  region: 'CN-TJ',
  district: '120103',
  index: 42,
  ...over,
});
const poster = async (over: Partial<VenueCode> = {}) =>
  mintVenueCode(library(over), 'code.example', await signer('paper'));

const clock = (over: Partial<TrustedNow> = {}): TrustedNow => ({
  at: epochMillis((at + 3) * 1000),
  quality: 'synced',
  ...over,
});
async function found(text: string, over: { now?: TrustedNow; trust?: TrustView | undefined } = {}) {
  const trust = 'trust' in over ? over.trust : await demoView();
  return checkVenueCode(text, { now: over.now ?? clock(), trust });
}
const why = async (...asked: Parameters<typeof found>) => {
  const finding = await found(...asked);
  return finding.good ? 'good' : finding.why;
};

/** A poster's claims as a map, for what `mintVenueCode` does not make. */
function claims(
  over: Readonly<Record<number, unknown>> = {},
  place: Readonly<Record<number, unknown>> = {},
) {
  const facts = { 1: 'demo-gate', 2: '天津图书馆', 3: 'other', 6: 42, ...place };
  const all = {
    ...{ 1: 'CN-TJ', 4: at + day, 6: at, 7: randomBytes(16), [-70002]: mapOf(facts) },
    ...over,
  };
  return mapOf(all);
}
const mapOf = (values: Readonly<Record<number, unknown>>) =>
  new Map(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([label, value]) => [Number(label), value]),
  );
async function bent(map: ReadonlyMap<number, unknown>, parts: Parameters<typeof sign1>[0] = {}) {
  const by = await signer('paper');
  const bytes = await sign1({ typ: 'kv', by, payload: encode(map), ...parts });
  return `https://code.example/v#${toBase64url(bytes)}`;
}

describe('a poster that its issuer signed', () => {
  test('says of which place it is, by whom, until when, and where its link leads', async () => {
    const code = library();
    const text = await mintVenueCode(code, 'code.example:8443', await signer('paper'));
    expect(await found(text)).toEqual({
      good: true,
      code,
      issuerName: (await demoView()).issuer('CN-TJ')?.name,
      host: 'code.example:8443',
    });
  });

  test('fits a code that is read from a few steps away: at most 340 characters with a long name', async () => {
    const text = await poster({ name: '天津市河西区平江道文化中心图书馆南门' });
    expect(text.length).toBeLessThanOrEqual(340);
  });

  test('keeps a kind of place that this version does not know as none, and reads the rest', async () => {
    const parsed = parseVenueCode(await bent(claims({}, { 3: 'spaceport' })));
    expect(parsed?.code).not.toHaveProperty('venue');
    expect(parsed?.code.name).toBe('天津图书馆');
  });

  test('is good from its first second to the last before its end', async () => {
    const text = await poster({ exp: epochSeconds(at + day) });
    const on = (s: number) => ({ now: clock({ at: epochMillis((at + s) * 1000) }) });
    expect(await why(text, on(-1))).toBe('not-yet-valid');
    expect(await why(text, on(0))).toBe('good');
    expect(await why(text, on(day - 1))).toBe('good');
    expect(await why(text, on(day))).toBe('expired');
  });
});

describe('a poster that must not be believed', () => {
  test('is one of another hand: a key nobody knows, a key for passes, another issuer’s', async () => {
    const lone = await stranger();
    expect(await why(await bent(claims(), { by: lone }))).toBe('unknown-key');
    expect(await why(await bent(claims(), { by: await signer('live') }))).toBe('unknown-key');
    const forged = { ...(await signer('paper')), key: lone.key };
    expect(await why(await bent(claims(), { by: forged }))).toBe('bad-signature');
    const others = await bent(claims({ 1: 'CN-HE' }));
    expect(['unknown-key', 'bad-signature']).toContain(await why(others));
    expect(await why(await bent(claims({ 1: 'XX' })))).toBe('unknown-issuer');
  });

  test('says nothing of its place where the signature is not good', async () => {
    const forged = { ...(await signer('paper')), key: (await stranger()).key };
    expect(await found(await bent(claims(), { by: forged }))).toEqual({
      good: false,
      why: 'bad-signature',
    });
  });

  test('is taken out of use by the list, and by no list that is too old or too short', async () => {
    expect(await why(await poster({ index: 7 }))).toBe('revoked');
    expect(await why(await poster({ index: 131_072 }))).toBe('list-too-old');
    const view = await demoView();
    const lists = new Map(
      [...view.lists].map(([id, list]) => [id, { ...list, iat: epochSeconds(at - 3 * day) }]),
    );
    expect(await why(await poster(), { trust: { ...view, lists } })).toBe('list-too-old');
    expect(await why(await poster(), { trust: { ...view, lists: new Map() } })).toBe(
      'list-too-old',
    );
    expect(await why(await poster(), { now: clock({ listsTooOld: true }) })).toBe('list-too-old');
  });

  test('lives longer than any may', async () => {
    expect(await why(await bent(claims({ 4: at + 400 * day + 1 })))).toBe('malformed');
    expect(await why(await bent(claims({ 4: at })))).toBe('malformed');
  });

  test('comes to a phone that cannot know: no trust, trust that is over, a clock in doubt', async () => {
    const text = await poster();
    const view = await demoView();
    expect(await why(text, { trust: undefined })).toBe('trust-missing');
    expect(await why(text, { trust: { ...view, exp: at } })).toBe('trust-expired');
    expect(await why(text, { trust: { ...view, outdated: true } })).toBe('app-outdated');
    for (const now of [
      clock({ quality: 'bad' }),
      clock({ quality: 'of tomorrow' as TrustedNow['quality'] }),
      clock({ waiting: true }),
    ])
      expect(await why(text, { now })).toBe('clock-untrusted');
  });

  test.each([
    ['http', (text: string) => text.replace('https:', 'http:')],
    ['upper case', (text: string) => text.replace('https:', 'HTTPS:')],
    ['somebody’s name before the host', (text: string) => text.replace('//', '//a@')],
    ['another path', (text: string) => text.replace('/v#', '/w#')],
    ['a question after the path', (text: string) => text.replace('/v#', '/v?a#')],
    ['padding', (text: string) => `${text}=`],
    ['a space', (text: string) => `${text} `],
    ['half of it', (text: string) => text.slice(0, -40)],
    ['more than any poster', (text: string) => text + 'A'.repeat(2048)],
  ])('is in another spelling: %s', async (_, bend) => {
    expect(await why(bend(await poster()))).toBe('malformed');
  });

  test.each<[string, Readonly<Record<number, unknown>>, Readonly<Record<number, unknown>>]>([
    ['no place', { [-70002]: undefined }, {}],
    ['an id of 12 bytes', { 7: randomBytes(12) }, {}],
    ['a name with a character nobody sees', {}, { 2: '图书\u202e馆' }],
    ['a name that is too long', {}, { 2: '图'.repeat(22) }],
    ['no name', {}, { 2: undefined }],
    ['a place that is no gate’s id', {}, { 1: 'two words' }],
    ['a negative index', {}, { 6: -1 }],
    ['a time that is none', { 4: 1e15 }, {}],
    ['a region that is none', {}, { 4: 'Tianjin' }],
    ['a district that is a list', {}, { 5: [1] }],
    ['a kind of place that is a number', {}, { 3: 1 }],
  ])('has %s', async (_, over, place) => {
    expect(await why(await bent(claims(over, place)))).toBe('malformed');
  });

  test('is any text whatever, and nothing is thrown', async () => {
    const trust = await demoView();
    const text = await poster();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.string(), async (cut, other) => {
        const bad = text.slice(0, cut) + other;
        const finding = await checkVenueCode(bad, { now: clock(), trust });
        expect(finding.good && bad !== text).toBe(false);
      }),
    );
  });
});

describe('a poster and a pass', () => {
  test('are never taken for each other, though one key may sign both', async () => {
    const link = `https://code.example/v#${toBase64url(await sign1({ typ: 'kd', by: await signer('paper'), claims: good() }))}`;
    expect(await why(link)).toBe('malformed');
    expect(await said(await poster())).toBe('unknown/not-a-pass');
    const asPass = await sign1({ typ: 'kv', by: await signer('paper'), claims: good() });
    expect(await said(kk1(asPass))).toBe('stop/malformed');
    for (const text of [await cwt(), await paper()]) expect(await why(text)).toBe('malformed');
  });
});

describe('a place that no poster can tell of', () => {
  test.each<[string, Partial<VenueCode>]>([
    ['no name', { name: '' }],
    ['a name of 65 bytes', { name: 'a'.repeat(65) }],
    ['an id that is too short', { id: 'AAAA' }],
    ['a place with a space', { place: 'a b' }],
  ])('is not signed: %s', async (_, over) => {
    await expect(poster(over)).rejects.toMatchObject({ code: 'config-invalid' });
  });
});
