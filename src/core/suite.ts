import { fromBase64url } from './base64url.ts';
import { concat } from './bytes.ts';
import type { PublicJwk } from './jwk.ts';
import type { Bytes } from './units.ts';

/**
 * One signature algorithm, the same for JOSE and COSE. A further one (Ed25519, SM2, ML-DSA)
 * is one more object of this shape and its row in `suites`; nothing else names an algorithm but who
 * signs with one.
 */
export interface SignatureSuite {
  /** JOSE name (RFC 7518 section 3.1). */
  readonly alg: string;
  /** COSE identifier (RFC 9053 section 2). */
  readonly coseAlg: number;
  /** `kty` and `crv` of its keys (RFC 7517). */
  readonly keyType: `${string} ${string}`;
  /** What WebCrypto calls it when it signs and verifies. */
  readonly params: EcdsaParams;
  /** Length of every signature, in bytes. */
  readonly signatureBytes: number;
  importPublicKey(jwk: PublicJwk): Promise<CryptoKey>;
  verify(key: CryptoKey, signature: Bytes, data: Bytes): Promise<boolean>;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** First byte of a point given by both coordinates (SEC 1 section 2.3.3). */
const uncompressed = Uint8Array.of(4);
const empty = new Uint8Array();

/** ECDSA over P-256 with SHA-256, signature r‖s (RFC 7518 section 3.4, RFC 9053 section 2.1). */
export const es256: SignatureSuite = {
  alg: 'ES256',
  coseAlg: -7,
  keyType: 'EC P-256',
  params: { name: 'ECDSA', hash: 'SHA-256' },
  signatureBytes: 64,
  importPublicKey: async ({ x, y }) => {
    const point = concat(uncompressed, fromBase64url(x) ?? empty, fromBase64url(y) ?? empty);
    // half the time of importing the JWK; it too refuses what is no point of the curve
    return crypto.subtle.importKey('raw', point, curve, false, ['verify']);
  },
  verify: async (key, signature, data) =>
    signature.length === 64 && (await crypto.subtle.verify(es256.params, key, signature, data)),
};

/** The suites a signature may be made with, one row each. */
export const suites: readonly SignatureSuite[] = [es256];

/** The suite a JOSE header names, whatever stands there; undefined: refused. */
export const joseSuite = (alg: unknown): SignatureSuite | undefined =>
  suites.find((suite) => suite.alg === alg);

/** The suite a COSE header names. */
export const coseSuite = (alg: unknown): SignatureSuite | undefined =>
  suites.find((suite) => suite.coseAlg === alg);

/**
 * Imports a public key for the suite its type belongs to. Rejects for a key of none, or one that is
 * no key at all. A token of another suite than its key's never verifies: WebCrypto refuses the pair.
 */
export async function importPublicKey(jwk: PublicJwk): Promise<CryptoKey> {
  const suite = suites.find(({ keyType }) => keyType === `${jwk.kty} ${jwk.crv}`);
  if (!suite) throw new TypeError('no suite has keys of this type');
  return suite.importPublicKey(jwk);
}
