import { deflateSync } from 'node:zlib';
import { CompactSign } from 'jose';
import { toBase64url } from '../core/base64url.ts';
import { utf8 } from '../core/bytes.ts';
import type { Bytes, EpochSeconds } from '../core/units.ts';
import type { Signer } from './keys.ts';

/** Index → status: 1 invalid, 2 suspended, 0 valid again. An index not named is valid. */
export type Statuses = Readonly<Record<number, 0 | 1 | 2>>;

export interface ListClaims {
  /** Where it is published: `sub` (draft-ietf-oauth-status-list section 5.1). */
  readonly uri: string;
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
  /** Bits per index; 2 where an issuer can suspend. */
  readonly bits: 1 | 2;
  /** Number of indices. */
  readonly size: number;
  readonly statuses: Statuses;
}

/** A full status list as `statuslist+jwt`: one status per index, low bits first, zlib, base64url. */
export async function signStatusList(claims: ListClaims, signer: Signer): Promise<string> {
  const { uri, iat, exp, bits, size, statuses } = claims;
  const bytes = new Uint8Array(Math.ceil((size * bits) / 8));
  for (const [index, status] of sorted(statuses)) {
    const bit = index * bits;
    if (index >= size || status >= 2 ** bits) throw new RangeError('status outside the list');
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (status << (bit & 7));
  }
  const status_list = { bits, lst: deflated(bytes) };
  return signJwt('statuslist+jwt', { sub: uri, iat, exp, ttl: 3600, status_list }, signer);
}

export interface DeltaClaims {
  readonly uri: string;
  readonly iat: EpochSeconds;
  /** Day (`YYYY-MM-DD`) of the full list it is laid over. */
  readonly day: string;
  readonly version: number;
  /** Everything that changed since the full list: cumulative, so that one delta is enough. */
  readonly changes: Statuses;
}

/**
 * All changes since the day's full list as `kakou-delta+jwt`. Per status: the indices that now have
 * it, ascending, each as the LEB128 varint of its distance to the one before (the first: index + 1),
 * zlib-deflated. The format is read in `core/verify/status-list.ts`.
 */
export async function signDelta(claims: DeltaClaims, signer: Signer): Promise<string> {
  const { uri, iat, day, version, changes } = claims;
  const set = ([0, 1, 2] as const).flatMap((status) => {
    const indices = sorted(changes).filter(([, value]) => value === status);
    if (indices.length === 0) return [];
    const gaps = indices.flatMap(([index], n) => leb128(index - (indices[n - 1]?.[0] ?? -1)));
    const packed = Uint8Array.from(gaps);
    return [{ status, count: indices.length, length: packed.length, gaps: deflated(packed) }];
  });
  return signJwt('kakou-delta+jwt', { sub: uri, iat, day, version, set }, signer);
}

function signJwt(typ: string, payload: object, { kid, key }: Signer): Promise<string> {
  const jws = new CompactSign(utf8(JSON.stringify(payload)));
  return jws.setProtectedHeader({ alg: 'ES256', kid, typ }).sign(key);
}

function sorted(statuses: Statuses): [index: number, status: number][] {
  const entries = Object.entries(statuses).map(([index, status]) => [Number(index), status]);
  return (entries as [number, number][]).sort(([a], [b]) => a - b);
}

function leb128(value: number): number[] {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value] : [(value % 128) | 0x80, ...leb128(rest)];
}

const deflated = (bytes: Bytes): string => toBase64url(deflateSync(bytes, { level: 9 }));
