import { expect, test } from 'vitest';
import type { PublicJwk } from '../../src/core/jwk.ts';
import type { Signer } from '../../src/core/signer.ts';
import { importPublicKey, type SignatureSuite, suites } from '../../src/core/suite.ts';
import type { Bytes } from '../../src/core/units.ts';
import {
  b64,
  cwt,
  demoView,
  good,
  jsonClaims,
  kk1,
  show,
  sign1,
  signer,
} from '../support/passes.ts';

const ed25519 = { name: 'Ed25519' };
/** A second suite, as somebody would add it: one row and nothing else. */
const row = {
  alg: 'Ed25519',
  coseAlg: -19,
  keyType: 'OKP Ed25519',
  params: ed25519,
  signatureBytes: 64,
  importPublicKey: (jwk: PublicJwk) =>
    crypto.subtle.importKey('jwk', jwk as JsonWebKey, ed25519, false, ['verify']),
  verify: (key: CryptoKey, signature: Bytes, data: Bytes) =>
    crypto.subtle.verify(ed25519, key, signature, data),
} as unknown as SignatureSuite;

async function withRow(work: () => Promise<void>): Promise<void> {
  const rows = suites as SignatureSuite[];
  rows.push(row);
  try {
    await work();
  } finally {
    rows.pop();
  }
}

test('a suite added as one row signs passes of both encodings, and without it they are malformed', async () => {
  const pair = (await crypto.subtle.generateKey(ed25519, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const jwk = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as unknown as PublicJwk;
  const by = { kid: 'e1', key: pair.privateKey } as Signer;
  const header = new Map<number, unknown>([
    [1, row.coseAlg],
    [4, Buffer.from('e1')],
    [16, 'kp'],
  ]);
  const coseText = kk1(await sign1({ header, by }));
  const input = `${b64(JSON.stringify({ alg: row.alg, kid: 'e1', typ: 'kp+jwt' }))}.${b64(
    JSON.stringify(jsonClaims(good())),
  )}`;
  const signature = await crypto.subtle.sign(ed25519, pair.privateKey, Buffer.from(input));
  const joseText = `${input}.${b64(new Uint8Array(signature))}`;
  const view = await demoView();
  await withRow(async () => {
    const imported = importPublicKey(jwk);
    const trust = { ...view, key: () => imported };
    for (const text of [coseText, joseText]) {
      expect((await show(text, { trust })).reason).toBe('admitted');
    }
    // the algorithm a token names is held to its key: neither may borrow the other's
    for (const text of [coseText, joseText]) expect((await show(text)).reason).toBe('unknown-key');
    const es256Key = view.key('CN-TJ', (await signer()).kid, 'kp', 1_800_000_000 as never);
    for (const text of [coseText, joseText]) {
      const borrowed = { ...view, key: () => es256Key };
      expect((await show(text, { trust: borrowed })).reason).toBe('bad-signature');
    }
    expect((await show(await cwt(), { trust })).reason).toBe('bad-signature');
  });
  for (const text of [coseText, joseText]) expect((await show(text)).reason).toBe('malformed');
});

test('a key of no suite is refused, not guessed at', async () => {
  const { jwk } = { jwk: { kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' } as unknown as PublicJwk };
  await expect(importPublicKey(jwk)).rejects.toThrow(TypeError);
});
