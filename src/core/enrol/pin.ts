import { toHex, utf8 } from '../bytes.ts';
import type { Bytes } from '../units.ts';

/** PBKDF2-HMAC-SHA-256 rounds (RFC 8018 5.2): under a second on a slow phone. */
export const pinRounds = 600_000;

/** What is kept of a PIN, hex: slow to try out, useless without the salt. */
export async function derivePin(pin: string, salt: Bytes, iterations = pinRounds): Promise<string> {
  const key = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations } as const;
  return toHex(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256)));
}

/** Six to twelve digits. */
export const isPin = (text: string): boolean => /^\d{6,12}$/.test(text);
