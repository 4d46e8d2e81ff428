import { CompactSign } from 'jose';
import { utf8 } from '../../core/bytes.ts';
import type { Signer } from '../../core/signer.ts';
import type { EpochSeconds } from '../../core/units.ts';
import {
  blankBits,
  deflated,
  type Status,
  type StatusBits,
  type StatusChange,
  withChanges,
} from './status-bits.ts';

/** Index → status: 1 invalid, 2 suspended, 0 valid again. An index not named is valid. */
export type Statuses = Readonly<Record<number, Status>>;

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
export function signStatusList(claims: ListClaims, signer: Signer): Promise<string> {
  const { bits, size, statuses } = claims;
  return signStatusBits(claims, withChanges(blankBits(bits, size), changesOf(statuses)), signer);
}

/** The same from statuses in their packed form. */
export function signStatusBits(
  { uri, iat, exp }: Pick<ListClaims, 'uri' | 'iat' | 'exp'>,
  { bits, bytes }: StatusBits,
  signer: Signer,
): Promise<string> {
  const status_list = { bits, lst: deflated(bytes) };
  return signJwt('statuslist+jwt', { sub: uri, iat, exp, ttl: 3600, status_list }, signer);
}

/** Statuses grouped as a delta has them. */
export function changesOf(statuses: Statuses): StatusChange[] {
  const entries = Object.entries(statuses).map(([index, status]) => ({ index: +index, status }));
  return ([0, 1, 2] as const)
    .map((status) => ({
      status,
      indices: entries
        .filter((entry) => entry.status === status)
        .map(({ index }) => index)
        .sort((a, b) => a - b),
    }))
    .filter(({ indices }) => indices.length > 0);
}

export interface DeltaClaims {
  readonly uri: string;
  readonly iat: EpochSeconds;
  /** Day (`YYYY-MM-DD`) of the full list it is laid over. */
  readonly day: string;
  readonly version: number;
  /** Everything that changed since the full list: cumulative, so that one delta is enough. */
  readonly changes: readonly StatusChange[];
}

/**
 * All changes since the day's full list as `kakou-delta+jwt`. Per status: the indices that now have
 * it, ascending, each as the LEB128 varint of its distance to the one before (the first: index + 1),
 * zlib-deflated. The format is read in `core/trust/lists/status-list.ts`.
 */
export async function signDelta(claims: DeltaClaims, signer: Signer): Promise<string> {
  const { uri, iat, day, version, changes } = claims;
  const set = changes.map(({ status, indices }) => {
    const packed = Uint8Array.from(
      indices.flatMap((index, n) => leb128(index - (indices[n - 1] ?? -1))),
    );
    return { status, count: indices.length, length: packed.length, gaps: deflated(packed) };
  });
  return signJwt('kakou-delta+jwt', { sub: uri, iat, day, version, set }, signer);
}

function signJwt(typ: string, payload: object, { kid, key }: Signer): Promise<string> {
  const jws = new CompactSign(utf8(JSON.stringify(payload)));
  return jws.setProtectedHeader({ alg: 'ES256', kid, typ }).sign(key);
}

function leb128(value: number): number[] {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value] : [(value % 128) | 0x80, ...leb128(rest)];
}
