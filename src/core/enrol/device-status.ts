import { CompactSign } from 'jose';
import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { isKeptDeviceId, isPhoneWord } from '../ids.ts';
import { parseCompactJws, verifyCompactJws } from '../jws.ts';
import { err, ok, type Result } from '../result.ts';

const typ = 'kakou-status+jwt';
/** Characters of one; the real ones are under 1,000. */
export const maxStatus = 4096;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const word = v.pipe(v.string(), v.check(isPhoneWord));

/** What a phone tells of itself and of nobody else: protocol 7.1. */
export const deviceFacts = v.object({
  /** Version of the app. */
  app: word,
  /** Of the clock. */
  quality: word,
  /** Seconds by which passes say that the clock is ahead (negative: behind). */
  skewS: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
  /** Version of the bundle in force. */
  bundle: v.exactOptional(count),
  /** When the oldest list in force was signed, in seconds. */
  listIat: v.exactOptional(count),
  /** Seq of the newest entry, and how many have no receipt yet. */
  head: count,
  unsent: count,
  onShift: v.boolean(),
  usedBytes: v.exactOptional(count),
  quotaBytes: v.exactOptional(count),
  /** The log cannot be written. */
  fault: v.exactOptional(word),
  /** Per cent. */
  battery: v.exactOptional(v.pipe(count, v.maxValue(100))),
  charging: v.exactOptional(v.boolean()),
  /** `iat` of the gate's settings in force. */
  settings: v.exactOptional(count),
  /** Why those offered last were not taken. */
  refused: v.exactOptional(word),
  /** Minutes its clock is ahead of UTC: whose day people are counted by. */
  ahead: v.exactOptional(
    v.pipe(v.number(), v.safeInteger(), v.minValue(-14 * 60), v.maxValue(14 * 60)),
  ),
});
export type DeviceFacts = v.InferOutput<typeof deviceFacts>;

const claims = v.object({
  ...deviceFacts.entries,
  device: v.pipe(v.string(), v.check(isKeptDeviceId)),
  iat: count,
  nonce: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
});

interface Draft {
  readonly device: string;
  /** Seconds. */
  readonly iat: number;
  readonly nonce: string;
  readonly facts: DeviceFacts;
}

/** Signs a `kakou-status+jwt` (compact JWS, ES256) with the device key. */
export const buildStatus = ({ facts, ...draft }: Draft, key: CryptoKey): Promise<string> =>
  new CompactSign(utf8(JSON.stringify({ ...draft, ...facts })))
    .setProtectedHeader({ alg: 'ES256', kid: draft.device, typ })
    .sign(key);

export type StatusProblem =
  | 'malformed'
  | 'wrong-type'
  | 'unknown-device'
  | 'bad-signature'
  | 'wrong-device'
  | 'bad-shape';

/**
 * Opens a status: the device's own signature over facts that are all well-formed; members nobody here
 * knows are left out. The caller caps the length of `text`; `keyOf` gives the key of a known device.
 */
export async function openStatus(
  text: string,
  keyOf: (device: string) => Promise<CryptoKey | undefined>,
): Promise<Result<{ readonly device: string; readonly facts: DeviceFacts }, StatusProblem>> {
  const jws = parseCompactJws(text);
  if (!jws) return err('malformed');
  if (jws.header.typ !== typ) return err('wrong-type');
  const key = await keyOf(jws.header.kid);
  if (!key) return err('unknown-device');
  if (!(await verifyCompactJws(jws, key))) return err('bad-signature');
  const parsed = v.safeParse(claims, jws.payload);
  if (!parsed.success) return err('bad-shape');
  const { device, iat: _, nonce: __, ...facts } = parsed.output;
  return device === jws.header.kid ? ok({ device, facts }) : err('wrong-device');
}
