import { Secret, TOTP } from 'otpauth';
import type { Bytes, EpochMillis } from '../../core/units.ts';

const period = 30;
export const totpSecretBytes = 20;

/** RFC 6238, as authenticator apps take it: SHA-1, six digits, 30 s. `secret` is base32. */
const totp = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Kakou', label, secret: Secret.fromBase32(secret), digits: 6, period });

export const newTotpSecret = (bytes: Bytes): string =>
  new Secret({ buffer: bytes.buffer as ArrayBuffer }).base32;

/** What the QR says to an authenticator app. */
export const totpUri = (secret: string, name: string): string => totp(secret, name).toString();

/**
 * The time step of a right code, one before or after allowed; undefined when it is wrong. Who keeps
 * the step and takes only later ones makes each code good once (RFC 6238 section 5.2).
 */
export function totpStep(secret: string, code: string, now: EpochMillis): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totp(secret).validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? undefined : Math.floor(now / 1000 / period) + delta;
}
