import * as v from 'valibot';
import { limits } from '../limits.ts';
import { kindNames } from '../pass/kinds.ts';
import { type Reason, reasonStates } from '../verify/verdict.ts';
import { type LogEntry, supervisorActs } from './entry.ts';

const integer = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(integer, v.minValue(0));
const seq = v.pipe(integer, v.minValue(1));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const name = (max: number) => v.pipe(text(max), v.minLength(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const celsius = v.pipe(v.number(), v.minValue(20), v.maxValue(50));
const state = v.picklist(['pass', 'check', 'stop', 'unknown']);
const reason = v.picklist(Object.keys(reasonStates) as Reason[]);
const jti = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]+$/),
  v.maxLength(Math.ceil((limits.passIdBytes.max * 4) / 3)),
);

const base = {
  v: v.literal(1),
  device: name(64),
  shift: text(64),
  seq,
  at: v.pipe(count, v.maxValue(8.64e15)),
  quality: v.picklist(['synced', 'held', 'unconfirmed', 'bad']),
  gate: text(64),
  app: name(32),
  prev: sha256,
  hash: sha256,
};

const scan = v.strictObject({
  ...base,
  type: v.literal('scan'),
  method: v.picklist(['camera', 'wedge', 'picture', 'manual']),
  state,
  reason,
  kind: v.optional(v.picklist(kindNames)),
  iss: v.optional(name(6)),
  jti: v.optional(jti),
  st: v.optional(name(limits.stateChars)),
  ageS: v.optional(integer),
  relativeHeld: v.optional(v.literal(true)),
  temperatureC: v.optional(celsius),
  companions: v.optional(count),
  bundle: v.optional(count),
  list: v.optional(count),
  listTooOld: v.optional(v.literal(true)),
  textHmac: v.optional(sha256),
  textSha256: v.optional(sha256),
});

const decision = v.strictObject({
  ...base,
  type: v.literal('decision'),
  ref: seq,
  state,
  reason,
  temperatureC: v.optional(celsius),
  companions: v.optional(count),
});

const manual = v.strictObject({
  ...base,
  type: v.literal('manual'),
  category: name(32),
  admitted: v.boolean(),
  tail: v.optional(text(8)),
  companions: v.optional(count),
  temperatureC: v.optional(celsius),
  note: v.optional(text(200)),
});

const others = [
  v.strictObject({ ...base, type: v.literal('shift-start'), operator: text(64) }),
  v.strictObject({ ...base, type: v.literal('shift-end'), scans: count }),
  v.strictObject({
    ...base,
    type: v.literal('clock'),
    event: v.picklist(['synced', 'set-back', 'jumped-ahead', 'confirmed']),
    offsetMs: v.optional(v.number()),
  }),
  v.strictObject({ ...base, type: v.literal('trust'), bundle: count, root: count }),
  v.strictObject({
    ...base,
    type: v.literal('export'),
    format: v.picklist(['csv', 'xlsx', 'json']),
    entries: count,
    of: v.optional(name(64)),
  }),
  v.strictObject({ ...base, type: v.literal('purge'), through: count }),
  v.strictObject({ ...base, type: v.literal('supervisor'), act: v.picklist(supervisorActs) }),
] as const;

const entry = v.variant('type', [scan, decision, manual, ...others]);

/** Gives a `LogEntry` back for exactly the shape entry.ts declares; undefined otherwise. */
export function parseEntry(value: unknown): LogEntry | undefined {
  const parsed = v.safeParse(entry, value);
  return parsed.success ? (value as LogEntry) : undefined;
}
