import { readFileSync } from 'node:fs';
import type { CryptoKey } from 'jose';
import * as v from 'valibot';
import { Fault } from '../core/fault.ts';
import { type PublicJwk, publicJwk } from '../core/trust/bundle.ts';

const privateJwk = v.strictObject({ ...publicJwk.entries, d: v.string() });
export type PrivateJwk = v.InferOutput<typeof privateJwk>;

/** A key and the name it signs under. */
export const namedKey = v.strictObject({ kid: v.string(), jwk: privateJwk });
export type NamedKey = v.InferOutput<typeof namedKey>;

const issuerKeys = v.strictObject({
  live: namedKey,
  credential: namedKey,
  paper: namedKey,
  list: namedKey,
});
export type IssuerKeys = v.InferOutput<typeof issuerKeys>;

const keyFile = v.strictObject({
  WARNING: v.optional(v.string()),
  root: v.array(namedKey),
  bundle: v.array(namedKey),
  receipt: namedKey,
  time: namedKey,
  issuers: v.record(v.string(), issuerKeys),
  /** Stands in for the key a citizen's phone would make for offline codes. */
  holder: namedKey,
});
/** Every private key of one deployment, as the ceremony makes them. */
export type KeyFile = v.InferOutput<typeof keyFile>;

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function generateKey(kid: string): Promise<NamedKey> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { kid, jwk: v.parse(privateJwk, { kty, crv, x, y, d }) };
}

export const publicHalf = ({ jwk }: NamedKey): PublicJwk => {
  const { kty, crv, x, y } = jwk;
  return { kty, crv, x, y };
};

/** A key ready to sign, and its `kid`. */
export interface Signer {
  readonly kid: string;
  readonly key: CryptoKey;
}

export async function signerOf({ kid, jwk }: NamedKey): Promise<Signer> {
  return { kid, key: await crypto.subtle.importKey('jwk', jwk, curve, false, ['sign']) };
}

const demoFile = new URL('../../keys/demo-private.json', import.meta.url);
const pinnedRootFile = new URL('../../keys/root.1.json', import.meta.url);

/** The demo keys of this repository. Faults: `config-invalid` when the file is missing or broken. */
export function demoKeys(): KeyFile {
  const parsed = v.safeParse(keyFile, JSON.parse(new TextDecoder().decode(read(demoFile))));
  if (!parsed.success)
    throw new Fault('config-invalid', 'keys/demo-private.json is not a key file');
  return parsed.output;
}

/** Root 1, the same bytes the app is built with. */
export const pinnedRoot = (): Uint8Array<ArrayBuffer> => read(pinnedRootFile);

function read(file: URL): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    const name = file.pathname.split('/').slice(-2).join('/');
    throw new Fault('config-invalid', `${name} cannot be read`, { cause });
  }
}
