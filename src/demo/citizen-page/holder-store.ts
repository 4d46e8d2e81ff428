import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { PublicJwk } from '../../core/jwk.ts';

/** The key pair of this phone. The private half can sign and can never leave the browser. */
export interface HolderKey {
  readonly privateKey: CryptoKey;
  readonly jwk: PublicJwk;
}

/** A day credential as the issuer gave it; times in epoch seconds. */
export interface HeldCredential {
  readonly credential: Uint8Array<ArrayBuffer>;
  readonly iat: number;
  readonly exp: number;
  /** The issuer's clock minus this phone's at that time, in milliseconds. */
  readonly offset: number;
}

interface Schema extends DBSchema {
  key: { key: 'holder'; value: HolderKey };
  /** By what the credential says, so that each choice has its own. */
  credentials: { key: string; value: HeldCredential };
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;
const open = () => {
  opening ??= openDB<Schema>('kakou-demo-holder', 1, {
    upgrade(db) {
      db.createObjectStore('key');
      db.createObjectStore('credentials');
    },
  });
  opening.catch(() => {
    opening = undefined; // the next one tries again
  });
  return opening;
};

/** This phone's key, made at first use. Of two tabs at once, the first one's counts. */
export async function holderKey(): Promise<HolderKey> {
  const db = await open();
  const known = await db.get('key', 'holder');
  if (known) return known;
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const made: HolderKey = { privateKey: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } };
  const tx = db.transaction('key', 'readwrite');
  const first = await tx.store.get('holder');
  if (!first) await tx.store.put(made, 'holder');
  await tx.done;
  return first ?? made;
}

export const heldCredential = async (name: string): Promise<HeldCredential | undefined> =>
  (await open()).get('credentials', name);

export async function keepCredential(name: string, held: HeldCredential): Promise<void> {
  await (await open()).put('credentials', held, name);
}
