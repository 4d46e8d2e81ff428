import { beforeAll, describe, expect, test } from 'vitest';
import { type Bundle, parseBundle } from '../../../src/core/trust/bundle.ts';
import { demoFiles, payloadOf, withIssuer } from '../../support/trust-sets.ts';

let bundle: Bundle;
beforeAll(async () => {
  bundle = payloadOf<Bundle>((await demoFiles()).bundle);
});

const isTaken = (payload: object): boolean => parseBundle(payload).ok;
const words = (length: number, language: string) => ({
  'zh-CN': '词',
  'zh-TW': '詞',
  en: 'word',
  [language]: 'x'.repeat(length),
});
const issuer = (over: object) => withIssuer('CN-TJ', (entry) => ({ ...entry, ...over }))(bundle);
const key = (over: object) =>
  withIssuer('CN-TJ', (entry) => ({
    ...entry,
    keys: entry.keys.map((one) => (one.kid === 'l1' ? { ...one, ...over } : one)),
  }))(bundle);
const rule = (over: object) => ({
  ...bundle,
  venueRules: bundle.venueRules.map((one) => ({ ...one, ...over })),
});
const gate = (over: object) => ({
  ...bundle,
  gates: bundle.gates?.map((one) => ({ ...one, ...over })),
});
const list = (over: object) =>
  withIssuer('CN-TJ', (entry) => ({ ...entry, list: { ...entry.list, ...over } }))(bundle);

describe('a bundle is read up to its limits and no further', () => {
  test.each<[string, (n: number) => object, number, number]>([
    ['a Chinese name', (n) => issuer({ name: words(n, 'zh-CN') }), 120, 121],
    ['a Taiwanese name', (n) => issuer({ name: words(n, 'zh-TW') }), 120, 121],
    ['an English name', (n) => issuer({ name: words(n, 'en') }), 160, 161],
    ['a hotline', (n) => issuer({ hotline: '1'.repeat(n) }), 40, 41],
    ['a kid', (n) => key({ kid: 'k'.repeat(n) }), 16, 17],
    [
      'a state code',
      (n) => issuer({ states: { ['s'.repeat(n)]: bundle.issuers[0]?.states['g'] } }),
      8,
      9,
    ],
    [
      'a notice code',
      (n) => issuer({ notices: { ['a'.repeat(n)]: { label: words(3, 'en') } } }),
      8,
      9,
    ],
    ['a list address', (n) => list({ uri: 'u'.repeat(n) }), 256, 257],
    [
      'a delta address',
      (n) => list({ delta: { uri: 'u'.repeat(n), version: 1, length: 0, sha256: '0'.repeat(64) } }),
      256,
      257,
    ],
    ['a gate id', (n) => gate({ id: 'g'.repeat(n) }), 64, 65],
    ['a region of a gate', (n) => gate({ region: 'r'.repeat(n) }), 6, 7],
    ['a region of a rule', (n) => rule({ region: 'r'.repeat(n) }), 6, 7],
    ['the oldest app', (n) => ({ ...bundle, minimumApp: '1'.repeat(n) }), 32, 33],
    ['a fever limit', (n) => rule({ limitC: n }), 42, 42.1],
  ])('%s of %i', (_, make, most, tooMuch) => {
    expect(isTaken(make(most))).toBe(true);
    expect(isTaken(make(tooMuch))).toBe(false);
  });

  test.each<[string, () => object, boolean]>([
    ['a fever limit of 35', () => rule({ limitC: 35 }), true],
    ['a fever limit below 35', () => rule({ limitC: 34.9 }), false],
    ['version 1', () => ({ ...bundle, version: 1 }), true],
    ['version 0', () => ({ ...bundle, version: 0 }), false],
    ['a time of 0', () => ({ ...bundle, iat: 0 }), true],
    ['a time before 1970', () => ({ ...bundle, iat: -1 }), false],
    ['an empty name', () => issuer({ name: words(0, 'en') }), false],
    ['a name of one character', () => issuer({ name: words(1, 'en') }), true],
    ['an empty kid', () => key({ kid: '' }), false],
    ['a kid with a space', () => key({ kid: 'l 1' }), false],
    ['an issuer in lower case', () => issuer({ id: 'cn-tj' }), false],
    ['an issuer of one letter', () => issuer({ id: 'CN-A' }), true],
    ['an issuer of three letters', () => issuer({ id: 'CN-ABC' }), true],
    ['an issuer of four letters', () => issuer({ id: 'CN-ABCD' }), false],
    ['a key that may sign nothing', () => key({ typs: [] }), true],
    ['a day without a zero', () => list({ day: '2027-1-15' }), false],
    ['a hash in capitals', () => list({ sha256: 'A'.repeat(64) }), false],
    ['lists of 4 bits', () => list({ bits: 4 }), false],
    ['no gates', () => ({ ...bundle, gates: undefined }), true],
  ])('%s', (_, make, taken) => {
    expect(isTaken(make())).toBe(taken);
  });

  test.each<[string, object]>([
    [
      'a clear level that stops',
      { levels: { clear: 'stop', caution: 'stop', stop: 'stop', none: 'check' } },
    ],
    [
      'a red that is only checked',
      { levels: { clear: 'admit', caution: 'check', stop: 'check', none: 'check' } },
    ],
    ['notices that pass', { notice: 'admit' }],
  ])('%s leaves only the original way', (_, over) => {
    const read = parseBundle(rule(over));
    const modes = new Set(read.ok ? read.value.venueRules.map(({ mode }) => mode) : []);
    expect([...modes]).toEqual(['original-way']);
  });

  test('a key for trust bundles may sign nothing of an issuer', () => {
    const read = parseBundle(key({ typs: ['kakou-bundle'] }));
    const typs = read.ok && read.value.issuers[0]?.keys.find(({ kid }) => kid === 'l1')?.typs;
    expect(typs).toEqual([]);
  });

  test.each([null, undefined, 1, 'x', []])('%j is no bundle', (payload) => {
    expect(parseBundle(payload)).toEqual({ ok: false, error: 'bad-shape' });
  });
});

describe('a public key', () => {
  const x = 'A'.repeat(43);
  test.each<[string, object, boolean]>([
    ['of two coordinates', { kty: 'EC', crv: 'P-256', x, y: x }, true],
    ['with a private half', { kty: 'EC', crv: 'P-256', x, y: x, d: x }, false],
    ['with a use', { kty: 'EC', crv: 'P-256', x, y: x, use: 'sig' }, true],
    ['with a number for its curve', { kty: 'EC', crv: 256, x, y: x }, false],
    ['with a short coordinate', { kty: 'EC', crv: 'P-256', x: x.slice(1), y: x }, false],
    [
      'with a second spelling of a coordinate',
      { kty: 'EC', crv: 'P-256', x: `${x.slice(1)}B`, y: x },
      false,
    ],
    ['with padding', { kty: 'EC', crv: 'P-256', x: `${x}=`, y: x }, false],
  ])('%s', (_, jwk, taken) => {
    expect(isTaken({ ...bundle, hub: { receiptKeys: [jwk], timeKeys: [] } })).toBe(taken);
    expect(isTaken(key({ jwk }))).toBe(taken);
  });

  test.each<[string, object]>([
    ['of another curve', { kty: 'EC', crv: 'P-384', x, y: x }],
    ['of another kind', { kty: 'RSA', crv: 'P-256', x, y: x }],
  ])('%s counts as absent', (_, jwk) => {
    const hub = parseBundle({ ...bundle, hub: { receiptKeys: [jwk], timeKeys: [] } });
    expect(hub.ok && hub.value.hub.receiptKeys).toEqual([]);
    const issuers = parseBundle(key({ jwk }));
    const kids = issuers.ok && issuers.value.issuers[0]?.keys.map(({ kid }) => kid);
    expect(kids).not.toContain('l1');
  });
});
