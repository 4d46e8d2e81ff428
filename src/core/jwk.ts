import * as v from 'valibot';
import { fromBase64url } from './base64url.ts';

/** One spelling only, so that one key never counts as two distinct ones. */
export const coordinate = v.pipe(
  v.string(),
  v.check((value) => fromBase64url(value)?.length === 32),
);

/** Public P-256 key (RFC 7517, RFC 7518 6.2). A private member makes the file invalid. */
export const publicJwk = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: coordinate,
  y: coordinate,
});

export type PublicJwk = v.InferOutput<typeof publicJwk>;
