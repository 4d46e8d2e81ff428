import * as v from 'valibot';
import { type PublicJwk, publicJwk } from '../core/jwk.ts';
import type { Signer } from '../core/signer.ts';

const privateJwk = v.strictObject({ ...publicJwk.entries, d: v.string() });
export type PrivateJwk = v.InferOutput<typeof privateJwk>;

/** A key and the name it signs under. */
export const namedKey = v.strictObject({ kid: v.string(), jwk: privateJwk });
export type NamedKey = v.InferOutput<typeof namedKey>;

const issuerKeys = v.strictObject({
  live: namedKey,
  credential: namedKey,
  paper: namedKey,
  list: namedKey,
});
export type IssuerKeys = v.InferOutput<typeof issuerKeys>;

export const keyFile = v.strictObject({
  WARNING: v.optional(v.string()),
  root: v.array(namedKey),
  bundle: v.array(namedKey),
  receipt: namedKey,
  time: namedKey,
  issuers: v.record(v.string(), issuerKeys),
  /** Stands in for the key a citizen's phone would make for offline codes. */
  holder: namedKey,
});
/** Every private key of one deployment, as the ceremony makes them. */
export type KeyFile = v.InferOutput<typeof keyFile>;

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function generateKey(kid: string): Promise<NamedKey> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { kid, jwk: v.parse(privateJwk, { kty, crv, x, y, d }) };
}

export const publicHalf = ({ jwk }: NamedKey): PublicJwk => {
  const { kty, crv, x, y } = jwk;
  return { kty, crv, x, y };
};

export async function signerOf({ kid, jwk }: NamedKey): Promise<Signer> {
  return { kid, key: await crypto.subtle.importKey('jwk', jwk, curve, false, ['sign']) };
}
