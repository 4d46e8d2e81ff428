import { CompactSign } from 'jose';
import * as v from 'valibot';
import { sha256, utf8 } from '../bytes.ts';
import { isDeviceId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { openPayload, parseJwsHeader, parseSealedJws, verifyCompactJws } from '../jws.ts';
import { limits } from '../limits.ts';
import { err, ok, type Result } from '../result.ts';
import { sha256Hex } from '../trust/shapes.ts';
import type { EpochSeconds } from '../units.ts';
import { type Digest, entryHash, type Link } from './chain.ts';
import type { LogEntry } from './entry.ts';
import { parseEntry } from './entry-schema.ts';
import { canonicalJson } from './jcs.ts';

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
const link = v.looseObject({ seq: integer, prev: sha256Hex, hash: sha256Hex });
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

/**
 * Opens a batch: one spelling, the device's own signature, and claims that fit its entries, which
 * are in ascending order. What is wrong with a single entry is said at that entry: protocol 7.
 * The caller caps the length of `text`; `keyOf` gives the public key of a device, if it is known.
 */
export async function openBatch(
  text: string,
  keyOf: (device: string) => Promise<CryptoKey | undefined>,
  digest: Digest = sha256,
): Promise<Result<Batch, BatchProblem>> {
  const jws = parseSealedJws(text);
  if (!jws) return err('malformed');
  if (jws.header.typ !== typ) return err('wrong-type');
  const key = await keyOf(jws.header.kid);
  if (!key) return err('unknown-device');
  if (!(await verifyCompactJws(jws, key))) return err('bad-signature');
  const payload = openPayload(jws); // parsed for nobody but the device itself
  return payload ? readClaims(payload, jws.header.kid, digest) : err('malformed');
}

async function readClaims(
  payload: JsonObject,
  signer: string,
  digest: Digest,
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
  // the entries as signed: the parsed copy may lack a member with a reserved name
  const signed = payload['entries'] as readonly Link[];
  const read = signed.map((raw) => readEntry(raw, device, digest));
  return ok({ device, entries: await Promise.all(read) });
}

async function readEntry(raw: Link, device: string, digest: Digest): Promise<BatchEntry> {
  const { seq, prev, hash } = raw;
  const canonical = canonicalJson(raw);
  const text = canonical ?? JSON.stringify(raw);
  const kept = { seq, prev, hash, text };
  const entry = canonical === undefined ? undefined : parseEntry(raw);
  if (!entry) return { ...kept, problem: 'shape' };
  if (entry.device !== device) return { ...kept, entry, problem: 'device' };
  if ((await entryHash(raw, digest)) !== hash) return { ...kept, entry, problem: 'hash' };
  return { ...kept, entry };
}
