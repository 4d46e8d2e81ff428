import { compactVerify } from 'jose';
import { fromBase64url } from './base64url.ts';
import { fromUtf8 } from './bytes.ts';
import { hasExactly, isObject, type JsonObject, parseCanonical } from './json.ts';
import { joseSuite, suites } from './suite.ts';
import type { Bytes } from './units.ts';

export interface JwsHeader {
  readonly alg: string;
  readonly kid: string;
  readonly typ: string;
}

/** A JWS in compact serialization (RFC 7515 section 7.1) whose payload nobody has looked at yet. */
export interface SealedJws {
  readonly text: string;
  readonly header: JwsHeader;
  readonly payloadPart: string;
  readonly signature: Bytes;
}

/** A JWS in compact serialization, strictly parsed and not yet verified. */
export interface CompactJws extends Omit<SealedJws, 'payloadPart'> {
  readonly payload: JsonObject;
}

/**
 * Parses the one spelling of a token: three canonical base64url parts, a header of exactly
 * `{alg, kid, typ}` with a suite's `alg`, a canonical JSON object as payload, a signature of its length.
 * Undefined for anything else; never throws. The caller caps the length.
 */
export function parseCompactJws(text: string): CompactJws | undefined {
  const sealed = parseSealedJws(text);
  const payload = sealed && openPayload(sealed);
  if (!payload) return undefined;
  const { header, signature } = sealed;
  return { text, header, payload, signature };
}

/**
 * The same without the payload, which may be large and should cost nothing before the signature is
 * good: `openPayload` afterwards.
 */
export function parseSealedJws(text: string): SealedJws | undefined {
  const [headerPart = '', payloadPart = '', signaturePart, ...rest] = text.split('.', 4);
  if (signaturePart === undefined || rest.length > 0) return undefined;
  const header = parseJwsHeader(headerPart);
  const signature = header && fromBase64url(signaturePart);
  if (!signature || signature.length !== joseSuite(header.alg)?.signatureBytes) return undefined;
  return { text, header, payloadPart, signature };
}

/** The payload, if it is a canonical JSON object in canonical base64url. */
export const openPayload = (
  { payloadPart }: Pick<SealedJws, 'payloadPart'>,
  decode?: (text: string) => Uint8Array | undefined,
) => jsonObject(payloadPart, decode);

/** The first part of a token: exactly `{alg, kid, typ}` with a suite's `alg`; else undefined. */
export function parseJwsHeader(part: string): JwsHeader | undefined {
  const header = jsonObject(part);
  if (!header || !hasExactly(header, 'alg', 'kid', 'typ')) return undefined;
  const { alg, kid, typ } = header as { [name: string]: unknown };
  const suite = joseSuite(alg);
  if (!suite || typeof kid !== 'string' || typeof typ !== 'string') return undefined;
  return { alg: suite.alg, kid, typ };
}

function jsonObject(
  part: string,
  decode: (text: string) => Uint8Array | undefined = fromBase64url,
): JsonObject | undefined {
  const bytes = decode(part);
  const text = bytes && fromUtf8(bytes);
  if (text === undefined) return undefined;
  const value = parseCanonical(text);
  return isObject(value) ? value : undefined;
}

/** Checks the signature with `jose`, by the suites of `suites` only. False for any failure; never throws. */
export async function verifyCompactJws(
  jws: Pick<SealedJws, 'text'>,
  key: CryptoKey,
): Promise<boolean> {
  try {
    await compactVerify(jws.text, key, { algorithms: suites.map(({ alg }) => alg) });
    return true;
  } catch {
    return false;
  }
}
