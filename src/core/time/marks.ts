import type { PublicJwk } from '../jwk.ts';
import { limits } from '../limits.ts';
import type { Bundle, IssuerEntry } from '../trust/bundle.ts';
import { type EpochMillis, type EpochSeconds, epochMillis } from '../units.ts';

/**
 * Times that cannot be yet to come, by the source that vouches for them and already less the skew its
 * clock may have: protocol 5.3. A source is named with its key, so that its mark ends with the key.
 */
export type Marks = Readonly<Record<string, EpochMillis>>;

/** What a mark of a first-version phone is kept under: nobody knows any more who made it. */
export const firstVersion = 'time first-version';

const skewMs = limits.skewS * 1000;

/** Who vouches for time under the trust set in force. */
export interface Sources {
  /** Bundle and lists in force: their marks take the place of all that bundles and lists left before. */
  readonly files: Marks;
  /** Hub time keys and issuers' live keys in force: a mark of any other is dropped. */
  readonly keys: ReadonlySet<string>;
  /** Issuer → the source its live passes are. */
  readonly live: ReadonlyMap<string, string>;
}

/** The source a hub's time key is. */
export const timeSource = ({ x }: PublicJwk): string => `time ${x}`;

interface TrustFacts {
  readonly bundle: Pick<Bundle, 'iat' | 'issuers' | 'hub'>;
  readonly lists: ReadonlyMap<string, { readonly iat: EpochSeconds }>;
}

/** The sources of an accepted set. A list counts no further than the bundle that pins it. */
export function sourcesOf({ bundle, lists }: TrustFacts): Sources {
  const files: Record<string, EpochMillis> = { bundle: lessSkew(bundle.iat) };
  for (const [issuer, { iat }] of lists) {
    files[`list ${issuer}`] = lessSkew(Math.min(iat, bundle.iat));
  }
  const live = new Map(bundle.issuers.map((issuer) => [issuer.id, liveSource(issuer)]));
  const keys = new Set([...bundle.hub.timeKeys.map(timeSource), ...live.values()]);
  return { files, keys, live };
}

const liveSource = ({ id, keys }: IssuerEntry): string =>
  ['live', id, ...keys.filter(({ typs }) => typs.includes('kp')).map(({ jwk }) => jwk.x)].join(' ');

/** An instant in epoch seconds, less the skew. */
export const lessSkew = (at: number): EpochMillis => epochMillis(at * 1000 - skewMs);

/** Marks under another trust set: those of files replaced, those of dropped keys dropped. */
export function marksUnder(marks: Marks, { files, keys }: Sources): Marks {
  const kept = Object.entries(marks).filter(
    ([source]) => keys.has(source) || source === firstVersion,
  );
  return { ...Object.fromEntries(kept), ...files };
}

/** With one more instant (already less the skew) a source vouches for; it only raises that source's mark. */
export const withMark = (marks: Marks, source: string, at: EpochMillis): Marks =>
  at > (marks[source] ?? Number.NEGATIVE_INFINITY) ? { ...marks, [source]: at } : marks;

/**
 * What two agreeing signed times leave: only the files in force, which bound them. A hub's earlier
 * word goes, and passes let in on the strength of it; a mark that nothing could outrank would stop
 * every phone for as long as one clock was once ahead.
 */
export const filesOnly = (marks: Marks): Marks =>
  Object.fromEntries(Object.entries(marks).filter(([source]) => !/^(time|live) /.test(source)));

/** Time cannot be before this: the latest of all marks, 0 without any. */
export const floorOf = (marks: Marks): EpochMillis =>
  epochMillis(Math.max(0, ...Object.values(marks)));
