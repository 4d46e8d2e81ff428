/** A citizen's phone asks for its day credential. WebCrypto only: runs in the page and in Node. */
import { CompactSign, type CryptoKey, calculateJwkThumbprint } from 'jose';
import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { isGateId, isIssuerId } from '../ids.ts';
import { publicJwk } from '../jwk.ts';
import { parseCompactJws, verifyCompactJws } from '../jws.ts';
import { es256, importPublicKey } from '../suite.ts';

const asked = v.strictObject({
  iss: v.pipe(v.string(), v.check(isIssuerId)),
  iat: v.pipe(v.number(), v.safeInteger()),
  jwk: publicJwk,
  /** A relative's id, of whom this phone is to hold the code. */
  relative: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  /** The gate or site it is for alone. */
  aud: v.exactOptional(v.pipe(v.string(), v.check(isGateId))),
});
/** What the credential is to be for, and the key it is bound to. */
export type DayAsks = v.InferOutput<typeof asked>;

const typ = 'kakou-day+jwt';

/**
 * Proof of possession: a `kakou-day+jwt` signed by the very key it brings, whose RFC 7638 thumbprint
 * is its `kid`. Whoever copies one gets a credential that is of use to that key alone: protocol 15.
 */
export async function signDayProof(asks: DayAsks, key: CryptoKey): Promise<string> {
  const kid = await calculateJwkThumbprint(asks.jwk);
  return new CompactSign(utf8(JSON.stringify(asks)))
    .setProtectedHeader({ alg: es256.alg, kid, typ })
    .sign(key);
}

/** Opens it; undefined unless spelling, type, shape, key and signature are right. */
export async function openDayProof(text: string): Promise<DayAsks | undefined> {
  const jws = text.length > 2048 ? undefined : parseCompactJws(text);
  if (jws?.header.typ !== typ) return undefined;
  const parsed = v.safeParse(asked, jws.payload);
  if (!parsed.success) return undefined;
  const { jwk } = parsed.output;
  if ((await calculateJwkThumbprint(jwk)) !== jws.header.kid) return undefined;
  const key = await importPublicKey(jwk).catch(() => undefined);
  return key && (await verifyCompactJws(jws, key)) ? parsed.output : undefined;
}
