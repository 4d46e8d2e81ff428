import { concat, fromUtf8, utf8 } from '../bytes.ts';
import { limits } from '../limits.ts';
import { coseSuite, type SignatureSuite } from '../suite.ts';
import type { Bytes } from '../units.ts';
import { decodeCbor, encodeByteString } from './cbor.ts';

/** A COSE_Sign1 (RFC 9052 section 4.2), strictly parsed and not yet verified. */
export interface CoseSign1 {
  readonly suite: SignatureSuite;
  readonly kid: Bytes;
  readonly typ: string;
  /** CBOR map of claims, integer labels. */
  readonly payload: ReadonlyMap<unknown, unknown>;
  readonly raw: { readonly protectedHeader: Bytes; readonly payload: Bytes };
  readonly signature: Bytes;
}

const label = { alg: 1, kid: 4, typ: 16 } as const;

/**
 * Parses an untagged COSE_Sign1 whose protected header is exactly `{1: alg, 4: kid, 16: typ}`
 * (typ: RFC 9596) with a suite's `alg`, whose unprotected header is empty and whose payload is a CBOR map.
 * Undefined for anything else; never throws.
 */
export function parseCoseSign1(bytes: Uint8Array): CoseSign1 | undefined {
  const outer = decodeCbor(bytes);
  if (!Array.isArray(outer) || outer.length !== 4) return undefined;
  const [protectedHeader, unprotected, payload, signature] = outer as unknown[];
  if (!isBytes(protectedHeader) || !isBytes(payload) || !isBytes(signature)) return undefined;
  if (!(unprotected instanceof Map) || unprotected.size !== 0) return undefined;
  const header = decodeCbor(protectedHeader);
  const claims = decodeCbor(payload);
  if (!(header instanceof Map) || header.size !== 3 || !(claims instanceof Map)) return undefined;
  const kid: unknown = header.get(label.kid);
  const typ: unknown = header.get(label.typ);
  const suite = coseSuite(header.get(label.alg));
  if (!suite || signature.length !== suite.signatureBytes) return undefined;
  if (!isBytes(kid) || typeof typ !== 'string') return undefined;
  if (kid.length < 1 || kid.length > limits.kidBytes) return undefined;
  return { suite, kid, typ, payload: claims, raw: { protectedHeader, payload }, signature };
}

/** Verifies with the Sig_structure of RFC 9052 section 4.4. False for any failure; never throws. */
export async function verifyCoseSign1(
  sign1: CoseSign1,
  key: CryptoKey,
  externalAad: Uint8Array = new Uint8Array(),
): Promise<boolean> {
  const { protectedHeader, payload } = sign1.raw;
  try {
    const toBeSigned = sigStructure(protectedHeader, externalAad, payload);
    return await sign1.suite.verify(key, sign1.signature, toBeSigned);
  } catch {
    return false;
  }
}

/** CBOR of an array of four whose first item is the text `Signature1`. */
const signature1 = concat(new Uint8Array([0x84, 0x6a]), utf8('Signature1'));

/** The bytes a COSE_Sign1 signature covers: `["Signature1", protected, external_aad, payload]`, each under 64 KB. */
export function sigStructure(
  protectedHeader: Uint8Array,
  externalAad: Uint8Array,
  payload: Uint8Array,
): Bytes {
  const covered = [protectedHeader, externalAad, payload].map(encodeByteString);
  return concat(signature1, ...covered);
}

/** The kid as the text the trust bundle uses, or undefined when it is not UTF-8. */
export const kidText = (kid: Uint8Array): string | undefined => fromUtf8(kid);

const isBytes = (value: unknown): value is Bytes => value instanceof Uint8Array;
