import * as v from 'valibot';
import { isObject } from '../json.ts';
import { limits } from '../limits.ts';
import { sha256Hex as sha256 } from '../trust/shapes.ts';
import type { LogEntry } from './entry.ts';
import { surely } from './surely.ts';

const integer = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(integer, v.minValue(0));
const seq = v.pipe(integer, v.minValue(1));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const name = (max: number) => v.pipe(text(max), v.minLength(1));
const celsius = v.pipe(v.number(), v.minValue(20), v.maxValue(50));
const state = v.picklist(['pass', 'check', 'stop', 'unknown']);
/** A word of a set that later versions add to: reasons, ways in, events, kinds. */
const word = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/));
const jti = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]+$/),
  v.maxLength(Math.ceil((limits.passIdBytes.max * 4) / 3)),
);

/** More people than any place holds; a sum of such numbers is still exact. */
const mostInside = 9_999_999;

const base = {
  v: v.literal(1),
  device: name(64),
  shift: text(64),
  seq,
  at: v.pipe(count, v.maxValue(8.64e15)),
  quality: word,
  gate: text(64),
  app: name(32),
  prev: sha256,
  hash: sha256,
};

/** One spelling: who came in says nothing, and another word is no direction. Protocol 12. */
const dir = v.optional(v.literal('out'));

/** What the scanner said of a code. */
const judged = {
  method: word,
  state,
  reason: word,
  kind: v.optional(word),
  iss: v.optional(name(6)),
  jti: v.optional(jti),
  st: v.optional(name(limits.stateChars)),
  ageS: v.optional(integer),
  relativeHeld: v.optional(v.literal(true)),
  bundle: v.optional(count),
  list: v.optional(count),
  listTooOld: v.optional(v.literal(true)),
  textHmac: v.optional(sha256),
  textSha256: v.optional(sha256),
};

const scan = v.object({
  ...base,
  ...judged,
  type: v.literal('scan'),
  temperatureC: v.optional(celsius),
  companions: v.optional(count),
  scannedWith: v.optional(word),
  dir,
});

const decision = v.object({
  ...base,
  type: v.literal('decision'),
  ref: seq,
  state,
  reason: word,
  outcome: v.optional(word),
  by: v.optional(word),
  why: v.optional(word),
  corrects: v.optional(seq),
  temperatureC: v.optional(celsius),
  high: v.optional(v.literal(true)),
  companions: v.optional(count),
});

const manual = v.object({
  ...base,
  type: v.literal('manual'),
  ref: v.optional(seq),
  category: name(32),
  admitted: v.boolean(),
  tail: v.optional(text(8)),
  companions: v.optional(count),
  temperatureC: v.optional(celsius),
  high: v.optional(v.literal(true)),
  note: v.optional(text(200)),
  dir,
});

const others = [
  v.object({
    ...base,
    type: v.literal('shift-start'),
    operator: text(64),
    scannedWith: v.optional(word),
  }),
  v.object({ ...base, type: v.literal('shift-end'), scans: count }),
  v.object({
    ...base,
    type: v.literal('clock'),
    event: word,
    offsetMs: v.optional(v.number()),
  }),
  v.object({ ...base, type: v.literal('trust'), bundle: count, root: count }),
  v.object({
    ...base,
    type: v.literal('export'),
    format: word,
    entries: count,
    of: v.optional(name(64)),
  }),
  v.object({ ...base, type: v.literal('purge'), through: count }),
  v.object({ ...base, ...judged, type: v.literal('look') }),
  v.object({
    ...base,
    type: v.literal('supervisor'),
    act: word,
    count: v.optional(v.pipe(count, v.maxValue(mostInside))),
    was: v.optional(v.pipe(integer, v.minValue(-mostInside), v.maxValue(mostInside))),
  }),
] as const;

const known = v.variant('type', [scan, decision, manual, ...others]);
const unknown = v.object({ ...base, type: word });
const knownTypes: readonly string[] = known.options.map(({ entries }) => entries.type.literal);
const surelyKnown = surely(known);

/**
 * Gives a `LogEntry` back for a shape entry.ts declares, as it was given: members nobody here knows are
 * kept, for the chain is over them (protocol 10). Words of later versions, and whole entries of a later
 * type, are taken too; who reads a type or a word needs an answer for one it does not know. Undefined
 * for a wrong type or range, and for another version (`v`), which may mean anything.
 */
export function parseEntry(value: unknown): LogEntry | undefined {
  return surelyKnown(value) ? (value as LogEntry) : parseSlowly(value);
}

/** By the schema itself: of what is wrong, or of a later version. */
export function parseSlowly(value: unknown): LogEntry | undefined {
  const type = isObject(value) ? value['type'] : undefined;
  const isLater = typeof type === 'string' && !knownTypes.includes(type);
  const parsed = v.safeParse(isLater ? unknown : known, value);
  return parsed.success ? (value as LogEntry) : undefined;
}
