import * as v from 'valibot';
import { isGateId, isIssuerId, isKeptDeviceId, isSiteId } from '../ids.ts';

/** What the hub answers to the console of entries and shifts: protocol 14. Times are epoch milliseconds. */

/** An entry found, with what its columns say. */
export interface FoundEntry {
  readonly device: string;
  readonly seq: number;
  readonly at: number;
  readonly receivedAt: number;
  readonly shift: string;
  readonly gate: string;
  readonly type: string;
  readonly trusted: boolean;
  readonly state: string | null;
  readonly reason: string | null;
  readonly issuer: string | null;
  readonly jti: string | null;
  readonly kind: string | null;
  readonly dir: string | null;
  /** Of the entry that stands for a person, as the next two. */
  readonly outcome: string | null;
  readonly endState: string | null;
  readonly endReason: string | null;
  /** Canonical JSON, as it was signed. */
  readonly entry: string;
}

/** A page of entries, newest first. */
export interface FoundEntries {
  readonly entries: readonly FoundEntry[];
  /** Names of the gates in it, by id. */
  readonly names: Readonly<Record<string, string>>;
  /** What the next page begins after; absent on the last. */
  readonly after?: Pick<FoundEntry, 'at' | 'device' | 'seq'>;
}

/** Kinds of files the log can be had as. */
export const exportFormats = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const millis = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A word of the log: of this version or of a later one. */
const word = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const deviceId = v.pipe(v.string(), v.check(isKeptDeviceId));

/** What entries are looked for by; what is left out does not matter. */
export const entryQuestion = v.strictObject({
  from: v.exactOptional(millis),
  /** Itself not included. */
  to: v.exactOptional(millis),
  gate: v.exactOptional(v.pipe(v.string(), v.check(isGateId))),
  site: v.exactOptional(v.pipe(v.string(), v.check(isSiteId))),
  /** Of people, the verdict as it ended; `byHand` on a form. */
  state: v.exactOptional(word),
  reason: v.exactOptional(word),
  outcome: v.exactOptional(word),
  issuer: v.exactOptional(v.pipe(v.string(), v.check(isIssuerId))),
  type: v.exactOptional(word),
  device: v.exactOptional(deviceId),
  shift: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
});
export type EntryQuestion = v.InferOutput<typeof entryQuestion>;

/** A question for a page of them; the pass asked for never stands in an address. */
export const entrySearch = v.strictObject({
  ...entryQuestion.entries,
  pass: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
  after: v.exactOptional(v.strictObject({ at: millis, device: deviceId, seq: millis })),
});
export type EntrySearch = v.InferOutput<typeof entrySearch>;
