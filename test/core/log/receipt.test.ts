import { GeneralSign } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { isOutdated, openReceipt, supersedes } from '../../../src/core/log/receipt.ts';
import { type TestKey, testKey } from '../../support/log-entries.ts';

const claims = { device: 'device-1', seq: 9, head: 'ab'.repeat(32), t: 1_646_121_700 };
let key: TestKey;
let other: TestKey;
beforeAll(async () => {
  [key, other] = await Promise.all([testKey(), testKey()]);
});

async function file(payload: object, typ = 'kakou-receipt+jws', by = key): Promise<Uint8Array> {
  const signed = await new GeneralSign(Buffer.from(JSON.stringify(payload)))
    .addSignature(by.privateKey)
    .setProtectedHeader({ alg: 'ES256', kid: 'r1', typ })
    .sign();
  const signatures = signed.signatures.map((one) => ({
    protected: one.protected,
    signature: one.signature,
  }));
  return Buffer.from(JSON.stringify({ payload: signed.payload, signatures }));
}
const open = (bytes: Uint8Array) => openReceipt(bytes, [key.jwk]);

describe("the hub's receipt", () => {
  it('opens to what the hub confirms', async () => {
    expect(await open(await file(claims))).toEqual({ ok: true, value: claims });
  });

  it('is refused when a key that is not a receipt key signed it', async () => {
    const forged = await file(claims, undefined, other);
    expect(await open(forged)).toEqual({ ok: false, error: 'below-threshold' });
  });

  it('is refused when it is a signed file of another kind', async () => {
    expect(await open(await file(claims, 'kakou-time+jws'))).toEqual({
      ok: false,
      error: 'wrong-type',
    });
  });

  it("is refused when it is a captive portal's page", async () => {
    expect((await open(Buffer.from('<html>Welcome</html>'))).ok).toBe(false);
  });

  it.each([{ ...claims, seq: -1 }, { ...claims, head: 'x' }, { seq: 9 }])(
    'is refused with claims of another shape (%#)',
    async (wrong) => {
      expect(await open(await file(wrong))).toEqual({ ok: false, error: 'bad-shape' });
    },
  );
});

describe('the receipt that counts', () => {
  const known = { seq: 10, t: 1000 };
  it.each([
    ['the first there is', { seq: 1, t: 1 }, undefined, true],
    ['one that says more', { seq: 11, t: 1000 }, known, true],
    [
      'one that says more, whatever its date: the one known may be dated ahead',
      { seq: 11, t: 1 },
      known,
      true,
    ],
    ['one that says as much and is old', { seq: 10, t: 939 }, known, false],
    ['one that says less and is old', { seq: 3, t: 939 }, known, false],
    ['one that says the same later', { seq: 10, t: 1001 }, known, true],
    ['the very same', known, known, false],
    ['one that says less later', { seq: 3, t: 1001 }, known, true],
    ['one that says less at the same time', { seq: 3, t: 1000 }, known, false],
    ['any after one kept without its time', { seq: 3, t: 1 }, { seq: 10 }, true],
  ])('%s', (_, next, before, counts) => expect(supersedes(next, before)).toBe(counts));
});

describe('an old receipt sent again', () => {
  const known = { seq: 10, t: 1000 };
  it.each([
    ['of as much, over a minute before', { seq: 10, t: 939 }, true],
    ['of less, over a minute before', { seq: 3, t: 939 }, true],
    ['of as much, a minute before: clocks of replicas differ', { seq: 10, t: 940 }, false],
    ['of more, whenever', { seq: 11, t: 1 }, false],
  ])('is told by what it says and when: %s', (_, next, isOld) =>
    expect(isOutdated(next, known)).toBe(isOld),
  );
});
