import { flattenedVerify } from 'jose';
import { fromBase64url } from '../base64url.ts';
import { fromUtf8 } from '../bytes.ts';
import { hasExactly, isObject, parseCanonical } from '../json.ts';
import type { PublicJwk } from '../jwk.ts';
import { err, ok, type Result } from '../result.ts';
import { importPublicKey, suites } from '../suite.ts';
import type { TrustProblem } from './problem.ts';

/** The `typ` of each signed file: one per kind, so that none passes for another (RFC 8725 section 3.11). */
export type SignedFileTyp =
  | 'kakou-root+jws'
  | 'kakou-bundle+jws'
  | 'kakou-time+jws'
  | 'kakou-receipt+jws'
  | 'kakou-device+jws'
  | 'kakou-settings+jws'
  | 'kakou-zone+jws'
  | 'kakou-export+jws'
  | 'kakou-hub-export+jws';

export interface SignedFileRules {
  readonly typ: SignedFileTyp;
  readonly keys: readonly PublicJwk[];
  /** Distinct public keys that must have signed; at least 1. */
  readonly threshold: number;
  readonly maxBytes: number;
}

/** More signatures than this in one file is refused before any is checked. */
const maxSignatures = 32;

/**
 * Opens a JWS in general JSON serialization (RFC 7515 section 7.2.1): canonical JSON, protected
 * headers of exactly `{alg, kid, typ}`, no unprotected `header`. Counts *distinct public keys*,
 * so one signer under two kids is one (TUF 1.0.34 section 5.3.4). Returns the payload as parsed JSON.
 */
export async function openSignedFile(
  file: Uint8Array,
  rules: SignedFileRules,
): Promise<Result<unknown, TrustProblem>> {
  const parsed = readSignedFile(file, rules.maxBytes);
  if (!parsed.ok) return parsed;
  const { payload, signatures } = parsed.value;
  const signers = new Set<string>();
  let sawTyp = false;
  for (const { protectedHeader, signature } of signatures) {
    if (headerTyp(protectedHeader) !== rules.typ) continue;
    sawTyp = true;
    const signer = await signedBy(rules.keys, signers, {
      protected: protectedHeader,
      payload,
      signature,
    });
    if (signer !== undefined) signers.add(signer);
  }
  if (!sawTyp) return err('wrong-type');
  if (rules.threshold < 1 || signers.size < rules.threshold) return err('below-threshold');
  return payloadOf(payload);
}

/**
 * The payload of a signed file without any check of its signatures: only to learn which version it
 * claims, or to look at a file already accepted.
 */
export function peekSignedFile(file: Uint8Array, maxBytes: number): Result<unknown, TrustProblem> {
  const parsed = readSignedFile(file, maxBytes);
  return parsed.ok ? payloadOf(parsed.value.payload) : parsed;
}

interface RawFile {
  readonly payload: string;
  readonly signatures: readonly { protectedHeader: string; signature: string }[];
}

function readSignedFile(file: Uint8Array, maxBytes: number): Result<RawFile, TrustProblem> {
  if (file.length > maxBytes) return err('too-large');
  const text = fromUtf8(file);
  const json = text === undefined ? undefined : parseCanonical(text);
  if (json === undefined) return err('not-canonical');
  if (!isObject(json) || !hasExactly(json, 'payload', 'signatures')) return err('bad-shape');
  const { payload, signatures } = json as { payload: unknown; signatures: unknown };
  if (typeof payload !== 'string' || !Array.isArray(signatures)) return err('bad-shape');
  if (signatures.length === 0 || signatures.length > maxSignatures) return err('bad-shape');
  const read = [];
  for (const entry of signatures) {
    if (!isObject(entry) || !hasExactly(entry, 'protected', 'signature')) return err('bad-shape');
    const { protected: protectedHeader, signature } = entry as { [name: string]: unknown };
    if (typeof protectedHeader !== 'string' || typeof signature !== 'string')
      return err('bad-shape');
    const { length } = fromBase64url(signature) ?? [];
    if (!suites.some((suite) => suite.signatureBytes === length)) return err('bad-shape');
    read.push({ protectedHeader, signature });
  }
  return ok({ payload, signatures: read });
}

function headerTyp(protectedHeader: string): string | undefined {
  const bytes = fromBase64url(protectedHeader);
  const text = bytes && fromUtf8(bytes);
  const header = text === undefined ? undefined : parseCanonical(text);
  if (!isObject(header) || !hasExactly(header, 'alg', 'kid', 'typ')) return undefined;
  return typeof header['typ'] === 'string' ? header['typ'] : undefined;
}

/** The public key (as `x.y`) that made this signature, if it is one of `keys` and not counted yet. */
async function signedBy(
  keys: readonly PublicJwk[],
  counted: ReadonlySet<string>,
  jws: { protected: string; payload: string; signature: string },
): Promise<string | undefined> {
  for (const jwk of keys) {
    const name = `${jwk.x}.${jwk.y}`;
    if (counted.has(name)) continue;
    try {
      const key = await importPublicKey(jwk);
      await flattenedVerify(jws, key, { algorithms: suites.map(({ alg }) => alg) });
      return name;
    } catch {
      // not this key; the next may fit
    }
  }
  return undefined;
}

function payloadOf(payload: string): Result<unknown, TrustProblem> {
  const bytes = fromBase64url(payload);
  const text = bytes && fromUtf8(bytes);
  const value = text === undefined ? undefined : parseCanonical(text);
  return value === undefined ? err('not-canonical') : ok(value);
}
