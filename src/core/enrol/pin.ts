import { fromHex, toHex, utf8 } from '../bytes.ts';
import { isObject } from '../json.ts';
import type { Bytes } from '../units.ts';

/** PBKDF2-HMAC-SHA-256 rounds (RFC 8018 5.2): under a second on a slow phone. */
export const pinRounds = 600_000;

/** What is kept of a PIN: slow to try out, useless without the salt. Hex. */
export interface PinHash {
  readonly salt: string;
  readonly rounds: number;
  readonly hash: string;
}

/** What is kept of a PIN, hex: slow to try out, useless without the salt. */
export async function derivePin(pin: string, salt: Bytes, iterations = pinRounds): Promise<string> {
  const key = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations } as const;
  return toHex(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256)));
}

/** Hashes a PIN with a fresh salt of 16 bytes. */
export const hashPin = async (pin: string, salt: Bytes): Promise<PinHash> => ({
  salt: toHex(salt),
  rounds: pinRounds,
  hash: await derivePin(pin, salt),
});

/** Six to twelve digits. */
export const isPin = (text: string): boolean => /^\d{6,12}$/.test(text);

/** Rounds another's hash may have: fewer are tried out too fast, more keep a slow phone busy for seconds. */
const roundsTaken = { from: 100_000, to: 2_000_000 };

/** A hash made elsewhere, by the hub; undefined for anything that is none. Members of later versions are left alone. */
export function readPinHash(value: unknown): PinHash | undefined {
  if (!isObject(value)) return undefined;
  const { salt, rounds, hash } = value as { readonly [member: string]: unknown };
  if (typeof salt !== 'string' || fromHex(salt)?.length !== 16) return undefined;
  if (typeof hash !== 'string' || fromHex(hash)?.length !== 32) return undefined;
  if (typeof rounds !== 'number' || !Number.isSafeInteger(rounds)) return undefined;
  if (rounds < roundsTaken.from || rounds > roundsTaken.to) return undefined;
  return { salt, rounds, hash };
}
