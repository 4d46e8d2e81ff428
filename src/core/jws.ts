import { compactVerify } from 'jose';
import { fromBase64url } from './base64url.ts';
import { fromUtf8 } from './bytes.ts';
import { hasExactly, isObject, type JsonObject, parseCanonical } from './json.ts';
import { es256 } from './suite.ts';
import type { Bytes } from './units.ts';

/** A JWS in compact serialization (RFC 7515 section 7.1), strictly parsed and not yet verified. */
export interface CompactJws {
  readonly text: string;
  readonly header: { readonly alg: 'ES256'; readonly kid: string; readonly typ: string };
  readonly payload: JsonObject;
  readonly signature: Bytes;
}

/**
 * Parses the one spelling of a token: three canonical base64url parts, a header of exactly
 * `{alg: "ES256", kid, typ}`, a canonical JSON object as payload, 64 bytes of signature.
 * Undefined for anything else; never throws. The caller caps the length.
 */
export function parseCompactJws(text: string): CompactJws | undefined {
  const parts = text.split('.');
  if (parts.length !== 3) return undefined;
  const header = jsonObject(parts[0] ?? '');
  const payload = jsonObject(parts[1] ?? '');
  const signature = fromBase64url(parts[2] ?? '');
  if (!header || !payload || signature?.length !== es256.signatureBytes) return undefined;
  if (!hasExactly(header, 'alg', 'kid', 'typ')) return undefined;
  const { alg, kid, typ } = header as { [name: string]: unknown };
  if (alg !== 'ES256' || typeof kid !== 'string' || typeof typ !== 'string') return undefined;
  return { text, header: { alg, kid, typ }, payload, signature };
}

function jsonObject(part: string): JsonObject | undefined {
  const bytes = fromBase64url(part);
  const text = bytes && fromUtf8(bytes);
  if (text === undefined) return undefined;
  const value = parseCanonical(text);
  return isObject(value) ? value : undefined;
}

/** Checks the signature with `jose`, ES256 only. False for any failure; never throws. */
export async function verifyCompactJws(jws: CompactJws, key: CryptoKey): Promise<boolean> {
  try {
    await compactVerify(jws.text, key, { algorithms: [es256.alg] });
    return true;
  } catch {
    return false;
  }
}
