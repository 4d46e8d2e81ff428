import * as v from 'valibot';
import { isKeptDeviceId } from '../ids.ts';
import type { PublicJwk } from '../jwk.ts';
import { parseCompactJws, verifyCompactJws } from '../jws.ts';
import { err, ok, type Result } from '../result.ts';
import { importPublicKey } from '../suite.ts';
import type { TrustedNow } from '../time/trusted-now.ts';
import { toSeconds } from '../units.ts';
import { isPinReset, pinResetScheme } from './pin-reset-code.ts';

export const pinResetTyp = 'kakou-pin-reset+jwt';
/** Seconds a code is good for, at most. */
export const pinResetLifeS = 3600;
/** Seconds by which the clocks of hub and phone may differ. */
const skewS = 60;

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const claims = v.object({
  device: v.pipe(v.string(), v.check(isKeptDeviceId)),
  jti: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  iat: seconds,
  exp: seconds,
});
/** The hub's word that the supervisor's PIN of a device may be set anew: protocol 4. */
export type PinReset = v.InferOutput<typeof claims>;

/**
 * Why a code resets nothing: it is damaged or not by this hub, for another phone, over, used or older
 * than one that was used, or this phone does not know what time it is.
 */
export type PinResetRefusal =
  | 'reset-malformed'
  | 'reset-forged'
  | 'reset-other-device'
  | 'reset-expired'
  | 'reset-used'
  | 'reset-clock';

const maxLength = 2048;

/** Opens a `kakou-pin-reset+jwt` (RFC 7519) with the hub's receipt keys, one of which must have signed. */
export async function openPinReset(
  text: string,
  keys: readonly PublicJwk[],
): Promise<Result<PinReset, 'reset-malformed' | 'reset-forged'>> {
  if (!isPinReset(text) || text.length > maxLength) return err('reset-malformed');
  const jws = parseCompactJws(text.slice(pinResetScheme.length));
  if (jws?.header.typ !== pinResetTyp) return err('reset-malformed');
  const parsed = v.safeParse(claims, jws.payload);
  if (!parsed.success) return err('reset-malformed');
  const lifeS = parsed.output.exp - parsed.output.iat;
  if (lifeS <= 0 || lifeS > pinResetLifeS) return err('reset-malformed');
  for (const jwk of keys) {
    const key = await importPublicKey(jwk).catch(() => undefined);
    if (key && (await verifyCompactJws(jws, key))) return ok(parsed.output);
  }
  return err('reset-forged');
}

/** What speaks against a genuine one here and now; `usedIat` is when the last one used was made. */
export function refusePinReset(
  { device, iat, exp }: PinReset,
  here: { readonly device: string; readonly now: TrustedNow; readonly usedIat: number },
): PinResetRefusal | undefined {
  if (device !== here.device) return 'reset-other-device';
  const at = toSeconds(here.now.at);
  if (here.now.quality === 'bad' || here.now.waiting || iat > at + skewS) return 'reset-clock';
  if (iat <= here.usedIat) return 'reset-used';
  return at >= exp ? 'reset-expired' : undefined;
}
