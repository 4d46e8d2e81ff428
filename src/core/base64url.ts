import type { Bytes } from './units.ts';

/** base64url without padding (RFC 4648 section 5, RFC 7515 section 2). */
export function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x2000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x2000));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Decodes the one canonical spelling: no padding, white space or other alphabet, and the unused
 * bits of the last character zero. Undefined for anything else.
 */
export function fromBase64url(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const spare = lastCharacterSpareBits[text.length % 4] ?? 0;
  const last = alphabet.indexOf(text.at(-1) ?? 'A');
  return (last & spare) === 0 ? bytes : undefined;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** By text length modulo 4: the bits of the last character that carry no data. */
const lastCharacterSpareBits = [0, 0, 0b1111, 0b11];
