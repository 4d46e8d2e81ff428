import * as v from 'valibot';
import { isIssuerId, isKid } from '../ids.ts';
import { type PublicJwk, publicJwk } from '../jwk.ts';
import { err, ok, type Result } from '../result.ts';
import { isBeyond, isOfTomorrow, knownItems, knownValues } from './growth.ts';
import { district, gateFacts, zone } from './places.ts';
import type { TrustProblem } from './problem.ts';
import { day, localized, seconds, sha256Hex, text, version } from './shapes.ts';
import { venueRules } from './venue-rule.ts';

/**
 * A public key in a trust file. Members this version does not know are left out (RFC 7517 section 4);
 * a private half makes the file invalid.
 */
export const trustKey = v.pipe(
  v.looseObject(publicJwk.entries),
  v.check((key) => !Object.hasOwn(key, 'd')),
  v.transform(({ kty, crv, x, y }): PublicJwk => ({ kty, crv, x, y })),
);

/** The `typ` values an issuer key may be allowed to sign: protocol 1.2, 3.3 and 11. */
export const issuerTyps = ['kp', 'kc', 'kd', 'kv', 'statuslist', 'kakou-delta'] as const;
export type IssuerTyp = (typeof issuerTyps)[number];

const issuerKey = v.object({
  kid: v.pipe(v.string(), v.check(isKid)),
  jwk: trustKey,
  nbf: seconds,
  exp: seconds,
  typs: knownItems(v.picklist(issuerTyps)),
});
export type IssuerKey = v.InferOutput<typeof issuerKey>;

const pin = { length: seconds, sha256: sha256Hex };
const listPin = v.object({
  uri: text(256),
  version,
  day,
  size: seconds,
  bits: v.picklist([1, 2]),
  ...pin,
  delta: v.optional(v.object({ uri: text(256), version, ...pin })),
});
export type ListPin = v.InferOutput<typeof listPin>;

const issuerId = v.pipe(v.string(), v.check(isIssuerId));
const issuer = v.object({
  id: issuerId,
  name: localized,
  state: v.picklist(['active', 'suspended', 'retired']),
  retiredOn: v.optional(day),
  hotline: v.optional(text(40)),
  keys: knownItems(issuerKey),
  states: knownValues(
    text(8),
    v.object({
      level: v.picklist(['clear', 'caution', 'stop', 'none']),
      colour: v.picklist(['green', 'orange', 'yellow', 'red', 'none']),
      label: localized,
    }),
  ),
  notices: v.record(text(8), v.object({ label: localized })),
  list: v.optional(listPin),
  liveOnly: v.optional(v.boolean()),
});
/**
 * `liveOnly`: its list is not carried in this region, so only codes it made seconds ago count.
 * `outdated`: the entry asks for a newer app (`crit`), so its passes cannot be judged here.
 */
export type IssuerEntry = v.InferOutput<typeof issuer> & { readonly outdated?: true };

/** What every bundle says in a way that does not change; enough where the rest cannot be read. */
const core = v.object({
  version,
  root: version,
  iat: seconds,
  exp: seconds,
  hub: v.object({ receiptKeys: knownItems(trustKey), timeKeys: knownItems(trustKey) }),
  minimumApp: text(32),
});

const bundle = v.object({
  ...core.entries,
  limits: v.object({ liveS: seconds, skewS: seconds, credentialS: seconds, paperS: seconds }),
  issuers: v.array(v.unknown()),
  venueRules,
  region: v.optional(issuerId),
  gates: v.optional(v.array(gateFacts)),
  zones: v.optional(v.array(zone)),
  districts: v.optional(v.array(district)),
});
/**
 * The signed word of the authority, protocol 3: whose passes count, by which rules, until when.
 * `outdated`: it asks for a newer app (`crit`), and this one decides nothing by it.
 */
export type Bundle = Omit<v.InferOutput<typeof bundle>, 'issuers'> & {
  readonly issuers: IssuerEntry[];
  readonly outdated?: true;
};
export type BundleLimits = Bundle['limits'];

/**
 * Checks the shape of an already verified payload. Cross-checks (expiry, version) are the caller's.
 * Members nobody here knows are left out, an unknown word makes its rule or key count as absent, and
 * an unknown name in `crit` gives a bundle of no issuer and no rule, `outdated`: protocol 10.
 */
export function parseBundle(payload: unknown): Result<Bundle, TrustProblem> {
  if (isBeyond(payload)) return parseBeyond(payload);
  const parsed = v.safeParse(bundle, payload);
  if (!parsed.success) return err('bad-shape');
  const issuers = readIssuers(parsed.output.issuers);
  return issuers ? ok({ ...parsed.output, issuers }) : err('bad-shape');
}

/** Taken, so that no older bundle stays in force beside it; but nobody is admitted by it. */
function parseBeyond(payload: unknown): Result<Bundle, TrustProblem> {
  const parsed = v.safeParse(core, payload);
  if (!parsed.success) return err('app-outdated');
  const limits = { liveS: 0, skewS: 0, credentialS: 0, paperS: 0 };
  return ok({ ...parsed.output, limits, issuers: [], venueRules: [], outdated: true });
}

function readIssuers(entries: readonly unknown[]): IssuerEntry[] | undefined {
  const read = entries.map(readIssuer);
  if (read.includes('broken')) return undefined;
  const known = read.filter((entry): entry is IssuerEntry => typeof entry === 'object');
  const kids = known.flatMap(({ id, keys }) => keys.map(({ kid }) => `${id} ${kid}`));
  const unique = (list: string[]) => new Set(list).size === list.length;
  return unique(known.map(({ id }) => id)) && unique(kids) ? known : undefined;
}

/** An entry of tomorrow: with `crit` one that judges nothing, with an unknown word as if absent. */
function readIssuer(value: unknown): IssuerEntry | 'absent' | 'broken' {
  if (isBeyond(value)) {
    const named = v.safeParse(v.object({ id: issuerId, name: localized }), value);
    if (!named.success) return 'broken';
    return {
      ...named.output,
      state: 'suspended',
      keys: [],
      states: {},
      notices: {},
      outdated: true,
    };
  }
  const read = v.safeParse(issuer, value);
  if (read.success) return read.output;
  return isOfTomorrow(read.issues) ? 'absent' : 'broken';
}
