import * as v from 'valibot';
import { isIssuerId } from '../../../core/ids.ts';
import { publicJwk } from '../../../core/jwk.ts';
import type { TrustMarks } from '../../../core/trust/accept.ts';
import { type Bundle, type IssuerEntry, parseBundle } from '../../../core/trust/bundle.ts';
import { refusal } from '../../../node/command-error.ts';
import {
  blankBits,
  countBits,
  deflated,
  inflatedBits,
  type StatusBits,
} from '../../lists/status-bits.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const namedKey = v.strictObject({ kid: v.string(), jwk: publicJwk });
/** A public key and the name of its holder's file. */
export type KeyName = v.InferOutput<typeof namedKey>;

/** Packed as the list itself is, so that 14 million holders are a quarter of a megabyte. */
const packedStatuses = v.strictObject({
  bits: v.picklist([1, 2]),
  size: count,
  invalid: count,
  suspended: count,
  lst: v.string(),
});
export type PackedStatuses = v.InferOutput<typeof packedStatuses>;

const marks = v.strictObject({
  root: count,
  bundle: v.exactOptional(v.strictObject({ version: count, sha256: v.string(), keys: v.string() })),
  lists: v.record(v.string(), count),
});

const state = v.strictObject({
  format: v.literal('kakou-authority-1'),
  root: v.strictObject({
    version: count,
    keys: v.array(namedKey),
    bundleKeys: v.array(namedKey),
    /** How many keys of each kind were ever made: the next one's number. */
    made: v.strictObject({ root: count, bundle: count, hub: v.exactOptional(count) }),
  }),
  bundle: v.looseObject({ issuers: v.array(v.looseObject({})) }),
  marks,
  statuses: v.record(v.string(), packedStatuses),
  regions: v.exactOptional(
    v.record(
      v.pipe(v.string(), v.check(isIssuerId)),
      v.array(v.pipe(v.string(), v.check(isIssuerId))),
    ),
  ),
});

/** What the authority says, before it is dated and signed. */
export type BundleContent = Omit<Bundle, 'version' | 'root' | 'iat' | 'exp'>;

/** Everything an authority is but its private keys: `authority.json`. */
export interface State {
  readonly format: 'kakou-authority-1';
  readonly root: v.InferOutput<typeof state>['root'];
  readonly bundle: BundleContent;
  /** What phones hold at the newest. */
  readonly marks: TrustMarks;
  /** Status of every index by issuer: what is true now, published or not. */
  readonly statuses: Readonly<Record<string, PackedStatuses>>;
  /** Regions with a bundle of their own, each with the issuers whose lists its phones hold. */
  readonly regions?: Readonly<Record<string, readonly string[]>>;
}

export const stateFile = 'authority.json';
export const stateText = (current: State): string => `${JSON.stringify(current, null, 2)}\n`;

/** Reads `authority.json`, its content held against the scanner's own schema. */
export function parseState(text: string): State {
  const parsed = v.safeParse(state, parseJson(text));
  if (!parsed.success) throw refusal(`${stateFile} is broken at ${where(parsed.issues)}`);
  const dated = { ...parsed.output.bundle, version: 1, root: 1, iat: 0, exp: 0 };
  const bundle = parseBundle(dated);
  if (!bundle.ok) throw refusal(`${stateFile} is broken in "bundle": phones would refuse it`);
  const unread = firstUnread(dated, bundle.value);
  if (unread !== undefined) {
    throw refusal(`${stateFile} is broken in "bundle": phones would pass over "${unread}"`);
  }
  const { version: _v, root: _r, iat: _i, exp: _e, ...content } = bundle.value;
  return { ...parsed.output, bundle: content };
}

/**
 * Where what is written and what phones of this version read part. A phone passes over what it does
 * not know; here it is a slip of the pen, or would be lost at the next signing, and is refused.
 */
function firstUnread(written: unknown, read: unknown, path = ''): string | undefined {
  if (typeof written !== 'object' || written === null) {
    return written === read ? undefined : path;
  }
  const known: object = typeof read === 'object' && read !== null ? read : {};
  for (const [name, value] of Object.entries(written)) {
    const here = path === '' ? name : `${path}.${name}`;
    const member: unknown = Object.hasOwn(known, name) && known[name as keyof typeof known];
    const unread = firstUnread(value, member, here);
    if (unread !== undefined) return unread;
  }
  return Object.keys(written).length === Object.keys(known).length ? undefined : path;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(`${stateFile} is not JSON`);
  }
}

const where = ([first]: readonly v.BaseIssue<unknown>[]): string =>
  `"${first ? (v.getDotPath(first) ?? '') : ''}"`;

/** The issuer, or a refusal that lists those there are. */
export function issuerIn(current: State, id: string): IssuerEntry {
  const found = current.bundle.issuers.find((issuer) => issuer.id === id);
  if (found) return found;
  const known = current.bundle.issuers.map((issuer) => issuer.id).join(', ') || 'none';
  throw refusal(`there is no issuer ${id}; there are: ${known}`);
}

export function withIssuer(current: State, changed: IssuerEntry): State {
  const issuers = current.bundle.issuers.map((issuer) =>
    issuer.id === changed.id ? changed : issuer,
  );
  return { ...current, bundle: { ...current.bundle, issuers } };
}

export function packStatuses(list: StatusBits): PackedStatuses {
  const { bits, size, bytes } = list;
  return { bits, size, ...countBits(list), lst: deflated(bytes, 6) };
}

export const blankStatuses = (bits: 1 | 2, size: number): PackedStatuses =>
  packStatuses(blankBits(bits, size));

/** The statuses of an issuer, or a refusal when it has no list or the state was tampered with. */
export async function statusesOf(current: State, id: string): Promise<StatusBits> {
  const packed = current.statuses[issuerIn(current, id).id];
  if (!packed) throw refusal(`${id} has no status list here: if it has a service, that keeps it`);
  const list = await inflatedBits(packed.lst, packed.bits, packed.size);
  const { invalid, suspended } = list ? countBits(list) : { invalid: -1, suspended: -1 };
  if (list && invalid === packed.invalid && suspended === packed.suspended) return list;
  throw refusal(`the statuses of ${id} in ${stateFile} are not what their counts say`);
}
