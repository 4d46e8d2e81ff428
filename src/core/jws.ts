import { compactVerify } from 'jose';
import { fromBase64url } from './base64url.ts';
import { fromUtf8 } from './bytes.ts';
import { hasExactly, isObject, type JsonObject, parseCanonical } from './json.ts';
import { joseSuite, suites } from './suite.ts';
import type { Bytes } from './units.ts';

/** A JWS in compact serialization (RFC 7515 section 7.1), strictly parsed and not yet verified. */
export interface CompactJws {
  readonly text: string;
  readonly header: { readonly alg: string; readonly kid: string; readonly typ: string };
  readonly payload: JsonObject;
  readonly signature: Bytes;
}

/**
 * Parses the one spelling of a token: three canonical base64url parts, a header of exactly
 * `{alg, kid, typ}` with a suite's `alg`, a canonical JSON object as payload, a signature of its length.
 * Undefined for anything else; never throws. The caller caps the length.
 */
export function parseCompactJws(text: string): CompactJws | undefined {
  const parts = text.split('.');
  if (parts.length !== 3) return undefined;
  const header = jsonObject(parts[0] ?? '');
  const payload = jsonObject(parts[1] ?? '');
  const signature = fromBase64url(parts[2] ?? '');
  if (!header || !payload || !signature) return undefined;
  if (!hasExactly(header, 'alg', 'kid', 'typ')) return undefined;
  const { alg, kid, typ } = header as { [name: string]: unknown };
  const suite = joseSuite(alg);
  if (!suite || typeof kid !== 'string' || typeof typ !== 'string') return undefined;
  if (signature.length !== suite.signatureBytes) return undefined;
  return { text, header: { alg: suite.alg, kid, typ }, payload, signature };
}

function jsonObject(part: string): JsonObject | undefined {
  const bytes = fromBase64url(part);
  const text = bytes && fromUtf8(bytes);
  if (text === undefined) return undefined;
  const value = parseCanonical(text);
  return isObject(value) ? value : undefined;
}

/** Checks the signature with `jose`, by the suites of `suites` only. False for any failure; never throws. */
export async function verifyCompactJws(jws: CompactJws, key: CryptoKey): Promise<boolean> {
  try {
    await compactVerify(jws.text, key, { algorithms: suites.map(({ alg }) => alg) });
    return true;
  } catch {
    return false;
  }
}
