import { fromBase64url } from './base64url.ts';
import { concat } from './bytes.ts';
import type { PublicJwk } from './trust/bundle.ts';
import type { Bytes } from './units.ts';

/**
 * One signature algorithm, the same for JOSE and COSE. A further one (Ed25519, SM2, ML-DSA)
 * is one more object of this shape, and its line in `suites`.
 */
export interface SignatureSuite {
  /** JOSE name (RFC 7518 section 3.1). */
  readonly alg: string;
  /** COSE identifier (RFC 9053 section 2). */
  readonly coseAlg: number;
  /** Length of every signature, in bytes. */
  readonly signatureBytes: number;
  importPublicKey(jwk: PublicJwk): Promise<CryptoKey>;
  verify(key: CryptoKey, signature: Bytes, data: Bytes): Promise<boolean>;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** First byte of a point given by both coordinates (SEC 1 section 2.3.3). */
const uncompressed = Uint8Array.of(4);
const empty = new Uint8Array();
const ecdsa = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** ECDSA over P-256 with SHA-256, signature r‖s (RFC 7518 section 3.4, RFC 9053 section 2.1). */
export const es256: SignatureSuite = {
  alg: 'ES256',
  coseAlg: -7,
  signatureBytes: 64,
  importPublicKey: async ({ x, y }) => {
    const point = concat(uncompressed, fromBase64url(x) ?? empty, fromBase64url(y) ?? empty);
    // half the time of importing the JWK; it too refuses what is no point of the curve
    return crypto.subtle.importKey('raw', point, curve, false, ['verify']);
  },
  verify: async (key, signature, data) =>
    signature.length === 64 && (await crypto.subtle.verify(ecdsa, key, signature, data)),
};
