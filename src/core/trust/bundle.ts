import * as v from 'valibot';
import { fromBase64url } from '../base64url.ts';
import { err, ok, type Result } from '../result.ts';
import type { TrustProblem } from './problem.ts';

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** One spelling only, so that one key never counts as two distinct ones. */
const coordinate = v.pipe(
  v.string(),
  v.check((value) => fromBase64url(value)?.length === 32),
);

/** Public P-256 key (RFC 7517, RFC 7518 6.2). A private member makes the file invalid. */
export const publicJwk = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: coordinate,
  y: coordinate,
});
export type PublicJwk = v.InferOutput<typeof publicJwk>;

/** Words shown to the guard, in every language of the app. */
const localized = v.strictObject({ 'zh-CN': text(120), 'zh-TW': text(120), en: text(160) });

/** The `typ` values an issuer key may be allowed to sign: protocol 1.2 and 3.3. */
export const issuerTyps = ['kp', 'kc', 'kd', 'statuslist', 'kakou-delta'] as const;
export type IssuerTyp = (typeof issuerTyps)[number];

const issuerKey = v.strictObject({
  kid: v.pipe(text(16), v.regex(/^[\x21-\x7e]+$/)),
  jwk: publicJwk,
  nbf: seconds,
  exp: seconds,
  typs: v.array(v.picklist(issuerTyps)),
});
export type IssuerKey = v.InferOutput<typeof issuerKey>;

const pin = { length: seconds, sha256: sha256Hex };
const listPin = v.strictObject({
  uri: text(256),
  version,
  day: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
  size: seconds,
  bits: v.picklist([1, 2]),
  ...pin,
  delta: v.optional(v.strictObject({ uri: text(256), version, ...pin })),
});
export type ListPin = v.InferOutput<typeof listPin>;

const issuer = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)),
  name: localized,
  state: v.picklist(['active', 'suspended', 'retired']),
  retiredOn: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))),
  hotline: v.optional(text(40)),
  keys: v.array(issuerKey),
  states: v.record(
    text(8),
    v.strictObject({
      level: v.picklist(['clear', 'caution', 'stop', 'none']),
      colour: v.picklist(['green', 'orange', 'yellow', 'red', 'none']),
      label: localized,
    }),
  ),
  notices: v.record(text(8), v.strictObject({ label: localized })),
  list: v.optional(listPin),
});
export type IssuerEntry = v.InferOutput<typeof issuer>;

export const venues = [
  'residential',
  'workplace',
  'transit',
  'station',
  'mall',
  'hospital',
  'school',
  'other',
] as const;
export type Venue = (typeof venues)[number];

const venueRule = v.strictObject({
  venue: v.picklist(venues),
  region: v.optional(text(6)),
  mode: v.picklist(['required', 'advisory', 'original-way']),
  temperature: v.picklist(['none', 'confirm', 'measure']),
  limitC: v.pipe(v.number(), v.minValue(35), v.maxValue(42)),
  levels: v.strictObject({
    clear: v.literal('admit'),
    caution: v.picklist(['check', 'stop']),
    stop: v.literal('stop'),
    none: v.picklist(['admit', 'check']),
  }),
  notice: v.literal('check'),
});
export type VenueRule = v.InferOutput<typeof venueRule>;

const bundle = v.strictObject({
  version,
  root: version,
  iat: seconds,
  exp: seconds,
  limits: v.strictObject({ liveS: seconds, skewS: seconds, credentialS: seconds, paperS: seconds }),
  issuers: v.array(issuer),
  venueRules: v.array(venueRule),
  gates: v.optional(
    v.array(
      v.strictObject({
        id: text(64),
        name: localized,
        venue: v.picklist(venues),
        region: v.optional(text(6)),
      }),
    ),
  ),
  hub: v.strictObject({ receiptKeys: v.array(publicJwk), timeKeys: v.array(publicJwk) }),
  minimumApp: text(32),
});
/** The signed word of the authority, protocol 3: whose passes count, by which rules, until when. */
export type Bundle = v.InferOutput<typeof bundle>;
export type BundleLimits = Bundle['limits'];

/** Checks the shape of an already verified payload. Cross-checks (expiry, version) are the caller's. */
export function parseBundle(payload: unknown): Result<Bundle, TrustProblem> {
  const parsed = v.safeParse(bundle, payload);
  if (!parsed.success) return err('bad-shape');
  const ids = parsed.output.issuers.map((entry) => entry.id);
  const kids = parsed.output.issuers.flatMap((entry) =>
    entry.keys.map((key) => `${entry.id} ${key.kid}`),
  );
  const unique = (list: string[]) => new Set(list).size === list.length;
  return unique(ids) && unique(kids) ? ok(parsed.output) : err('bad-shape');
}
