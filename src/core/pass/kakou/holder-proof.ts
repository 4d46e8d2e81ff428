/** A citizen's phone asks for its day credential. WebCrypto only: runs in the page and in Node. */
import { CompactSign, type CryptoKey, calculateJwkThumbprint } from 'jose';
import * as v from 'valibot';
import { utf8 } from '../../bytes.ts';
import { type PublicJwk, publicJwk } from '../../jwk.ts';
import { parseCompactJws, verifyCompactJws } from '../../jws.ts';
import { es256, importPublicKey } from '../../suite.ts';

const asked = v.strictObject({
  issuer: v.string(),
  state: v.string(),
  relative: v.boolean(),
  /** A notice code, or empty. */
  notice: v.string(),
  jwk: publicJwk,
});
/** What the credential is to say, and the key it is for. */
export type HolderAsks = v.InferOutput<typeof asked>;

const typ = 'kakou-holder+jwt';

/**
 * Proof of possession: a `kakou-holder+jwt` signed by the very key it brings, whose RFC 7638
 * thumbprint is its `kid`. It holds no time: replayed, it gets a credential for the same key, which
 * is of use to that key's holder only.
 */
export async function signHolderProof(asks: HolderAsks, key: CryptoKey): Promise<string> {
  const kid = await calculateJwkThumbprint(asks.jwk);
  return new CompactSign(utf8(JSON.stringify(asks)))
    .setProtectedHeader({ alg: es256.alg, kid, typ })
    .sign(key);
}

/** Opens it; undefined unless the spelling, the type, the shape, the key and the signature are right. */
export async function openHolderProof(text: string): Promise<HolderAsks | undefined> {
  const jws = parseCompactJws(text);
  if (jws?.header.typ !== typ) return undefined;
  const parsed = v.safeParse(asked, jws.payload);
  if (!parsed.success) return undefined;
  const jwk: PublicJwk = parsed.output.jwk;
  if ((await calculateJwkThumbprint(jwk)) !== jws.header.kid) return undefined;
  const key = await importPublicKey(jwk).catch(() => undefined);
  return key && (await verifyCompactJws(jws, key)) ? parsed.output : undefined;
}
