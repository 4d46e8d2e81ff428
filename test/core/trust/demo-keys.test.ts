import { expect, it } from 'vitest';
import { holdsKey, keyMarks } from '../../../src/core/trust/demo-keys.ts';
import { demoKeys } from '../../../src/demo/demo-keys.ts';

const jwk = (x: string) => ({ kty: 'EC', crv: 'P-256', x, y: 'y' });
const real = (name: string) => jwk(`${name}_is_no_demo_key_at_all`);
const keys = demoKeys();
const marks = keyMarks(keys);

it('every demo key is known, whichever it is, once', () => {
  const all = [...keys.root, ...keys.bundle, keys.receipt, keys.time, keys.holder];
  const issuers = Object.values(keys.issuers).flatMap((own) => Object.values(own));
  expect(marks).toHaveLength(all.length + issuers.length);
});

it.each([
  ['the first root key', { keys: [keys.root[0]?.jwk, real('b')], bundleKeys: [real('c')] }],
  ['the last root key', { keys: [real('a'), real('b'), keys.root.at(-1)?.jwk] }],
  ['a bundle key', { keys: [real('a')], bundleKeys: [real('b'), keys.bundle[0]?.jwk] }],
  ['the receipt key of a bundle', { hub: { receiptKeys: [keys.receipt.jwk], timeKeys: [] } }],
  [
    'an issuer’s second key',
    { issuers: [{ keys: [{ jwk: real('a') }, { jwk: keys.issuers['CN-TJ']?.paper.jwk }] }] },
  ],
])('one demo key makes the set a demo: %s', (_, value) => {
  expect(holdsKey(value, marks)).toBe(true);
});

it('real keys are none, and neither is a text that only looks like one', () => {
  expect(holdsKey({ keys: [real('a')], bundleKeys: [real('b')] }, marks)).toBe(false);
  expect(holdsKey({ name: keys.root[0]?.jwk.x, version: 1, nothing: null }, marks)).toBe(false);
});
