import { scrypt, timingSafeEqual } from 'node:crypto';
import { fromBase64url, toBase64url } from '../../core/base64url.ts';
import type { Bytes } from '../../core/units.ts';

/** log2 of scrypt's N (RFC 7914), with r = 8 and p = 1: some 0.4 s and 128 MB for each try. */
export const passwordCost = 17;
const [r, p] = [8, 1];
const keyBytes = 32;
export const saltBytes = 16;

/** Characters a password has at least, as Unicode code points. */
export const shortestPassword = 12;
const longestBytes = 1024;

/** The same however a keyboard writes an accent: RFC 8265 section 4.2 asks for NFC. */
const prepared = (password: string): Buffer => Buffer.from(password.normalize('NFC'), 'utf8');

/** What is wrong with a new password, or undefined. */
export function passwordProblem(
  password: string,
  name: string,
): 'short' | 'long' | 'name' | 'plain' | undefined {
  const characters = [...password.normalize('NFC')];
  if (characters.length < shortestPassword) return 'short';
  if (prepared(password).length > longestBytes) return 'long';
  if (name.length > 3 && password.toLowerCase().includes(name.toLowerCase())) return 'name';
  if (new Set(characters).size < 5) return 'plain';
  return undefined;
}

/** Two at once: each takes 128 MB and a core. */
const most = 2;
const mostWaiting = 30;
let working = 0;
const waiting: (() => void)[] = [];

/** Thrown when more are waiting than can be served in time. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= most) {
    if (waiting.length >= mostWaiting) throw new PasswordsBusy();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else working++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else working--;
  }
}

const derive = (password: string, salt: Bytes, log2N: number): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        const N = 2 ** log2N;
        scrypt(
          prepared(password),
          salt,
          keyBytes,
          { N, r, p, maxmem: 256 * N * r },
          (error, key) => (error ? reject(error) : resolve(key)),
        );
      }),
  );

/** `scrypt$17$8$1$salt$key`, so that a later cost can stand beside it. */
export async function hashPassword(
  password: string,
  salt: Bytes,
  cost = passwordCost,
): Promise<string> {
  const key = await derive(password, salt, cost);
  return ['scrypt', cost, r, p, toBase64url(salt), toBase64url(Uint8Array.from(key))].join('$');
}

const nobodysSalt = new Uint8Array(saltBytes);

/** Takes as long where there is no such account, or none with a password: both are never right. */
export async function isPassword(
  password: string,
  hash: string | null | undefined,
  cost = passwordCost,
): Promise<boolean> {
  const [scheme, log2N, r8, p1, salt64 = '', key64 = ''] = (hash ?? '').split('$');
  const isKnown = scheme === 'scrypt' && /^1[0-9]$/.test(log2N ?? '') && r8 === '8' && p1 === '1';
  const [salt, key] = [fromBase64url(salt64), fromBase64url(key64)];
  const isWhole = isKnown && salt?.length === saltBytes && key?.length === keyBytes;
  const derived = await derive(
    password.slice(0, longestBytes),
    isWhole ? salt : nobodysSalt,
    isWhole ? Number(log2N) : cost,
  );
  return isWhole && timingSafeEqual(derived, key);
}
