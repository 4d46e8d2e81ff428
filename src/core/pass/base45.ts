import type { Bytes } from '../units.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const digitOf = new Int8Array(128).fill(-1);
for (let i = 0; i < alphabet.length; i++) digitOf[alphabet.charCodeAt(i)] = i;

/** base45 (RFC 9285): two bytes as three characters, a last single byte as two. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const pair = (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
    text += digit(pair) + digit(Math.floor(pair / 45)) + digit(Math.floor(pair / 2025));
  }
  if (bytes.length % 2 === 1) {
    const last = bytes.at(-1) ?? 0;
    text += digit(last) + digit(Math.floor(last / 45));
  }
  return text;
}

/**
 * Decodes base45; undefined for a character outside the alphabet, a length that is 1 modulo 3 and
 * groups over 65535 (or 255), so that every byte string has exactly one spelling.
 */
export function fromBase45(text: string): Bytes | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const c = valueAt(text, i);
    const d = valueAt(text, i + 1);
    const isPair = i + 2 < text.length;
    const e = isPair ? valueAt(text, i + 2) : 0;
    const value = c + d * 45 + e * 2025;
    if (c < 0 || d < 0 || e < 0 || value > (isPair ? 0xffff : 0xff)) return undefined;
    if (isPair) bytes[at++] = value >> 8;
    bytes[at++] = value & 0xff;
  }
  return bytes;
}

const digit = (value: number): string => alphabet.charAt(value % 45);
const valueAt = (text: string, index: number): number => digitOf[text.charCodeAt(index)] ?? -1;
