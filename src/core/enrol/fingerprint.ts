import { fromBase64url } from '../base64url.ts';

/**
 * The six digits both screens show at enrolment (protocol 4): the first four bytes of the key's
 * RFC 7638 thumbprint (base64url), big-endian, modulo a million.
 */
export function sixDigits(thumbprint: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = fromBase64url(thumbprint) ?? [];
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return String(number % 1_000_000).padStart(6, '0');
}

/** `047 301`: as people read them to each other. */
export const spaced = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3)}`;
