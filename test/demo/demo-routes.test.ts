import { CompactSign } from 'jose';
import { describe, expect, test } from 'vitest';
import { generateKey, publicHalf, signerOf } from '../../src/authority/keys.ts';
import { fromBase64url } from '../../src/core/base64url.ts';
import { signHolderProof } from '../../src/core/pass/kakou/holder-proof.ts';
import { mintStamp } from '../../src/core/pass/kakou/mint.ts';
import { acceptTrust, noMarks } from '../../src/core/trust/accept.ts';
import { epochSeconds, toMillis } from '../../src/core/units.ts';
import { verifyPass } from '../../src/core/verify/pipeline.ts';
import { demoRoutes } from '../../src/demo/demo-routes.ts';
import { demoTrust } from '../../src/demo/demo-trust.ts';

const now = epochSeconds(1_800_000_000);
const routes = demoRoutes({ now: () => now });

test('every request is stamped anew', async () => {
  const ask = async () => (await routes.request('/pass?issuer=CN-HE&state=y')).json();
  const [first, second] = [await ask(), await ask()];
  expect(first).toEqual({ text: expect.any(String), iat: now, exp: now + 60, now });
  expect(first.text).toMatch(/^KK1:/);
  expect(second.text).not.toBe(first.text);
});

test('no cache may keep a pass', async () => {
  expect((await routes.request('/pass')).headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['issuer=CN-ZZ', 'unknown-issuer'],
  ['issuer=__proto__', 'unknown-issuer'],
  ['state=constructor', 'unknown-state'],
  ['issuer=CN&state=n&notice=zz', 'unknown-notice'],
  ['kind=credential&form=jwt', 'credential-is-cwt-only'],
  ['form=xml', 'bad-request'],
  ['relative=yes', 'bad-request'],
  ['name=Li', 'bad-request'],
  ['state=g&state=r', 'bad-request'],
])('%s is refused as %s, in a problem document', async (query, code) => {
  const answer = await routes.request(`/pass?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ status: 400, code });
});

describe('a day credential', () => {
  const asks = { issuer: 'CN-TJ', state: 'g', relative: false, notice: '' };
  const post = (body: string) => routes.request('/credential', { method: 'POST', body });

  async function holder() {
    const named = await generateKey('holder');
    return { jwk: publicHalf(named), signer: await signerOf(named) };
  }

  test('is for the key that asked, and passes with a stamp by that key only', async () => {
    const { jwk, signer } = await holder();
    const thief = await holder();
    const answer = await post(await signHolderProof({ ...asks, jwk }, signer.key));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const body = await answer.json();
    expect(body).toMatchObject({ iat: now, exp: now + 24 * 3600, now });
    const credential = fromBase64url(body.credential) ?? new Uint8Array();
    const accepted = await acceptTrust(await demoTrust(now), noMarks, now);
    const trust = accepted.ok ? accepted.value.view : undefined;
    const verdictOf = async (by: typeof signer) => {
      const jti = crypto.getRandomValues(new Uint8Array(12));
      const text = await mintStamp(credential, { iat: now, jti }, by);
      const at = { id: 'g', venue: 'residential', region: 'CN-TJ' } as const;
      const gate = { ...at, measuredBefore: true } as const;
      const clock = { at: toMillis(now), quality: 'synced' } as const;
      const { state, reason } = await verifyPass(text, { now: clock, trust, gate });
      return `${state}/${reason}`;
    };
    expect(await verdictOf(signer)).toBe('pass/admitted');
    expect(await verdictOf(thief.signer)).toBe('stop/bad-signature');
  });

  test('is not given for a key the asker does not have', async () => {
    const [owner, thief] = [await holder(), await holder()];
    const answer = await post(await signHolderProof({ ...asks, jwk: owner.jwk }, thief.signer.key));
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'bad-proof']);
  });

  test('is not given for a proof of another type, another kid, more claims or other bytes', async () => {
    const { jwk, signer } = await holder();
    const good = await signHolderProof({ ...asks, jwk }, signer.key);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const signed = (over: object, body: object = claims) =>
      new CompactSign(Buffer.from(JSON.stringify(body)))
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'kakou-holder+jwt', ...over })
        .sign(signer.key);
    const wrong = [
      await signed({ typ: 'kakou-enrol+jwt' }),
      await signed({ kid: 'another' }),
      await signed({}, { ...claims, name: 'x' }),
      `${header}.${payload}.${signature}=`,
      '',
    ];
    for (const proof of wrong) expect((await post(proof)).status).toBe(400);
    expect((await post(await signed({}))).status).toBe(201);
    const large = await post('x'.repeat(5000));
    expect([large.status, (await large.json()).code]).toEqual([413, 'too-large']);
    expect(large.headers.get('content-type')).toBe('application/problem+json');
  });

  test('of a state nobody has is refused', async () => {
    const { jwk, signer } = await holder();
    const answer = await post(await signHolderProof({ ...asks, state: 'y', jwk }, signer.key));
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'unknown-state']);
  });
});
