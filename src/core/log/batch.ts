import { CompactSign } from 'jose';
import * as v from 'valibot';
import { fromBase64url } from '../base64url.ts';
import { utf8 } from '../bytes.ts';
import { isDeviceId, isSha256Hex } from '../ids.ts';
import { isObject, type JsonObject } from '../json.ts';
import {
  openPayload,
  parseJwsHeader,
  parseSealedJws,
  type SealedJws,
  verifyCompactJws,
} from '../jws.ts';
import { limits } from '../limits.ts';
import { err, ok, type Result } from '../result.ts';
import { sha256Hex } from '../trust/shapes.ts';
import type { EpochSeconds } from '../units.ts';
import { type Link, type LinkHash, linkHash } from './chain.ts';
import type { LogEntry } from './entry.ts';
import { parseEntry } from './entry-schema.ts';
import { canonicalWithout } from './jcs.ts';

const typ = 'kakou-batch+jwt';

/** What the device supplies to sign one upload: consecutive entries, at least one, at most 200. */
export interface BatchDraft {
  readonly device: string;
  readonly entries: readonly [LogEntry, ...LogEntry[]];
  /** Fresh random ids, base64url. */
  readonly batch: string;
  readonly nonce: string;
  readonly iat: EpochSeconds;
}

/** Signs a `kakou-batch+jwt` (compact JWS, ES256) with the device key: protocol 7. */
export async function buildBatch(draft: BatchDraft, key: CryptoKey): Promise<string> {
  const { device, entries, batch, nonce, iat } = draft;
  const [first] = entries;
  const last = entries.at(-1) ?? first;
  const range = { from: first.seq, to: last.seq, prev: first.prev, head: last.hash };
  const claims = { batch, device, ...range, entries, iat, nonce };
  return new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid: device, typ })
    .sign(key);
}

/** Why a whole batch is not taken in. */
export type BatchProblem =
  | 'malformed'
  | 'wrong-type'
  | 'unknown-device'
  | 'bad-signature'
  | 'wrong-device'
  | 'bad-shape';

/** Why one entry of an authentic batch goes to quarantine. */
export type EntryProblem = 'shape' | 'device' | 'hash';

/** One entry of an authentic batch, good or bad: a bad one never blocks those behind it. */
export interface BatchEntry extends Link {
  /** Canonical JSON of the whole entry: equal texts are the same entry. */
  readonly text: string;
  /** Present when the entry has a known shape. */
  readonly entry?: LogEntry;
  readonly problem?: EntryProblem;
}
export interface Batch {
  readonly device: string;
  readonly entries: readonly BatchEntry[];
}

const integer = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
/** A newer app's entries may have other members, but never another way to be chained. */
const isLink = (value: unknown): value is Link =>
  isObject(value) &&
  isSeq(value['seq']) &&
  [value['prev'], value['hash']].every((hash) => typeof hash === 'string' && isSha256Hex(hash));
const isSeq = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;
/** As they were given, not copied: a copy may lack a member with a reserved name. */
const link = v.custom<Link>(isLink);
const shape = v.strictObject({
  batch: id,
  device: id,
  from: integer,
  to: integer,
  prev: sha256Hex,
  head: sha256Hex,
  entries: v.pipe(v.array(link), v.minLength(1), v.maxLength(limits.batchEntries)),
  iat: v.pipe(v.number(), v.safeInteger()),
  nonce: id,
});

/**
 * The device a batch says it is from, by its first characters (RFC 7515 section 3.1) and before
 * anything is known of the rest: enough to refuse one that nobody enrolled at once.
 */
export function senderOf(beginning: string): Result<string, BatchProblem> {
  const end = beginning.indexOf('.');
  const header = end < 0 ? undefined : parseJwsHeader(beginning.slice(0, end));
  if (!header) return err('malformed');
  if (header.typ !== typ) return err('wrong-type');
  return isDeviceId(header.kid) ? ok(header.kid) : err('unknown-device');
}

/** How a host hashes and decodes. */
export interface BatchTools {
  readonly hashOf: LinkHash;
  /** Canonical base64url; undefined for any other spelling. */
  readonly decode: (text: string) => Uint8Array | undefined;
}

/** What every host has. */
const anywhere: BatchTools = { hashOf: linkHash, decode: fromBase64url };

/** A public key, or the host's own way to check by one; false for whatever is not signed by it. */
export type BatchKey = CryptoKey | ((jws: SealedJws) => boolean);

/**
 * Opens a batch: one spelling, the device's own signature, and claims that fit its entries, which
 * are in ascending order. What is wrong with a single entry is said at that entry: protocol 7.
 * The caller caps the length of `text`; `keyOf` gives the public key of a device, if it is known.
 */
export async function openBatch(
  text: string,
  keyOf: (device: string) => BatchKey | undefined | Promise<BatchKey | undefined>,
  tools: BatchTools = anywhere,
): Promise<Result<Batch, BatchProblem>> {
  const jws = parseSealedJws(text);
  if (!jws) return err('malformed');
  if (jws.header.typ !== typ) return err('wrong-type');
  const key = await keyOf(jws.header.kid);
  if (!key) return err('unknown-device');
  const isGood = typeof key === 'function' ? key(jws) : await verifyCompactJws(jws, key);
  if (!isGood) return err('bad-signature');
  const payload = openPayload(jws, tools.decode); // parsed for nobody but the device itself
  return payload ? readClaims(payload, jws.header.kid, tools.hashOf) : err('malformed');
}

async function readClaims(
  payload: JsonObject,
  signer: string,
  hashOf: LinkHash,
): Promise<Result<Batch, BatchProblem>> {
  const parsed = v.safeParse(shape, payload);
  if (!parsed.success) return err('bad-shape');
  const { device, entries, from, to, prev, head } = parsed.output;
  if (device !== signer) return err('wrong-device');
  const first = entries[0];
  const last = entries.at(-1);
  const fits = first?.seq === from && first.prev === prev && last?.seq === to && last.hash === head;
  const ascending = entries.every((entry, i) => i === 0 || entry.seq > (entries[i - 1]?.seq ?? 0));
  if (!fits || !ascending) return err('bad-shape');
  const read = entries.map((raw) => readEntry(raw, device, hashOf));
  return ok({ device, entries: await Promise.all(read) });
}

async function readEntry(raw: Link, device: string, hashOf: LinkHash): Promise<BatchEntry> {
  const { seq, prev, hash } = raw;
  const canonical = canonicalWithout(raw, 'hash');
  const kept = { seq, prev, hash, text: canonical?.whole ?? JSON.stringify(raw) };
  const entry = canonical && parseEntry(raw);
  if (!entry) return { ...kept, problem: 'shape' };
  if (entry.device !== device) return { ...kept, entry, problem: 'device' };
  if ((await hashOf(prev, canonical.without)) !== hash) return { ...kept, entry, problem: 'hash' };
  return { ...kept, entry };
}
