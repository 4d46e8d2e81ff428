import { CompactSign } from 'jose';
import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { isKeptDeviceId, isSightingKey } from '../ids.ts';
import { parseCompactJws, verifyCompactJws } from '../jws.ts';
import { err, ok, type Result } from '../result.ts';
import type { EpochSeconds } from '../units.ts';

/** `kakou-sightings+jwt` asks for a site's sightings, `kakou-claim+jwt` for the right to let a code in. */
const typs = { sightings: 'kakou-sightings+jwt', claim: 'kakou-claim+jwt' } as const;
export type SightingsTyp = keyof typeof typs;

/** Characters of one; the real ones are some 300. */
export const maxSightingsToken = 1024;
/** Seconds by which the phone's time may be off the hub's: a token taken down is of no use for long. */
export const tokenAgeS = 300;
/** What a gate may call its window: as its settings, and no longer than keys are kept. */
export const windowSeconds = { min: 60, max: 86_400 } as const;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const claims = v.object({
  device: v.pipe(v.string(), v.check(isKeptDeviceId)),
  /** `passBackS` as it is in force at the gate. */
  windowS: v.pipe(whole, v.minValue(windowSeconds.min), v.maxValue(windowSeconds.max)),
  iat: whole,
  nonce: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Of a claim alone: the presentation about to be let in. */
  key: v.exactOptional(v.pipe(v.string(), v.check(isSightingKey))),
});
export type SightingsClaims = v.InferOutput<typeof claims>;

/** Signs it (compact JWS, ES256) with the device key. */
export const buildSightingsToken = (
  typ: SightingsTyp,
  draft: SightingsClaims,
  key: CryptoKey,
): Promise<string> =>
  new CompactSign(utf8(JSON.stringify(draft)))
    .setProtectedHeader({ alg: 'ES256', kid: draft.device, typ: typs[typ] })
    .sign(key);

export type SightingsTokenProblem =
  | 'malformed'
  | 'wrong-type'
  | 'unknown-device'
  | 'bad-signature'
  | 'wrong-device'
  | 'bad-shape'
  | 'token-old';

/**
 * Opens one: the device's own signature over whole claims, dated within five minutes of `now`. The
 * caller caps the length of `text`; `keyOf` gives the key of a known device.
 */
export async function openSightingsToken(
  typ: SightingsTyp,
  text: string,
  now: EpochSeconds,
  keyOf: (device: string) => Promise<CryptoKey | undefined>,
): Promise<Result<SightingsClaims, SightingsTokenProblem>> {
  const jws = parseCompactJws(text);
  if (!jws) return err('malformed');
  if (jws.header.typ !== typs[typ]) return err('wrong-type');
  const key = await keyOf(jws.header.kid);
  if (!key) return err('unknown-device');
  if (!(await verifyCompactJws(jws, key))) return err('bad-signature');
  const parsed = v.safeParse(claims, jws.payload);
  if (!parsed.success || (parsed.output.key !== undefined) !== (typ === 'claim'))
    return err('bad-shape');
  if (parsed.output.device !== jws.header.kid) return err('wrong-device');
  return Math.abs(parsed.output.iat - now) <= tokenAgeS ? ok(parsed.output) : err('token-old');
}
