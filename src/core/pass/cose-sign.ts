/** Makes what `cose.ts` reads. WebCrypto only: runs in a browser page as well as in Node. */
import { encode } from 'cborg';
import { utf8 } from '../bytes.ts';
import type { Signer } from '../signer.ts';
import { es256 } from '../suite.ts';
import type { Bytes } from '../units.ts';
import { sigStructure } from './cose.ts';

/** COSE_Sign1 (RFC 9052 section 4.2), untagged; cborg writes maps in deterministic order. */
export async function signSign1(
  typ: string,
  claims: ReadonlyMap<number, unknown>,
  { kid, key }: Signer,
  externalAad: Uint8Array = new Uint8Array(),
): Promise<Bytes> {
  const header = new Map<number, unknown>([
    [1, es256.coseAlg],
    [4, utf8(kid)],
    [16, typ],
  ]);
  const protectedHeader = encode(header);
  const payload = encode(claims);
  const covered = sigStructure(protectedHeader, externalAad, payload);
  const signature = await crypto.subtle.sign(es256.params, key, covered);
  return encode([protectedHeader, new Map(), payload, new Uint8Array(signature)]);
}

/** A CBOR map with integer labels, absent values left out. */
export function integerMap(values: Readonly<Record<number, unknown>>): Map<number, unknown> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return new Map(entries.map(([label, value]) => [Number(label), value]));
}
