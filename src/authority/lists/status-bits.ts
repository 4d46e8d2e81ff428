import { deflateSync } from 'node:zlib';
import { fromBase64url, toBase64url } from '../../core/base64url.ts';
import { inflateExactly } from '../../core/trust/lists/inflate.ts';
import type { Bytes } from '../../core/units.ts';

/** 0 valid, 1 invalid, 2 suspended (Token Status List draft 21, section 7.1). */
export type Status = 0 | 1 | 2;

/** The statuses of an issuer as its list holds them: one small integer per index, low bits first. */
export interface StatusBits {
  readonly bits: 1 | 2;
  /** Number of indices. */
  readonly size: number;
  readonly bytes: Bytes;
}

/** Indices that now have a status, ascending. */
export interface StatusChange {
  readonly status: Status;
  readonly indices: readonly number[];
}

export const blankBits = (bits: 1 | 2, size: number): StatusBits => ({
  bits,
  size,
  bytes: new Uint8Array(Math.ceil((size * bits) / 8)),
});

export function statusIn({ bits, bytes }: StatusBits, index: number): number {
  const bit = index * bits;
  return ((bytes[Math.floor(bit / 8)] ?? 0) >> (bit % 8)) & (2 ** bits - 1);
}

/** A copy with these changes made. Throws a RangeError for an index or status the list cannot hold. */
export function withChanges(list: StatusBits, changes: readonly StatusChange[]): StatusBits {
  const { bits, size } = list;
  const bytes = list.bytes.slice();
  for (const { status, indices } of changes) {
    if (status >= 2 ** bits) throw new RangeError('status outside the list');
    for (const index of indices) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
        throw new RangeError('index outside the list');
      }
      const cell = Math.floor((index * bits) / 8);
      const shift = (index * bits) % 8;
      const mask = (2 ** bits - 1) << shift;
      bytes[cell] = ((bytes[cell] ?? 0) & ~mask) | (status << shift);
    }
  }
  return { bits, size, bytes };
}

/** What has to change for `from` to become `to`, lists of one shape. */
export function changesBetween(from: StatusBits, to: StatusBits): StatusChange[] {
  const perByte = 8 / to.bits;
  const found: [number[], number[], number[]] = [[], [], []];
  for (let cell = 0; cell < to.bytes.length; cell++) {
    if (from.bytes[cell] === to.bytes[cell]) continue;
    for (let index = cell * perByte; index < (cell + 1) * perByte; index++) {
      const status = statusIn(to, index);
      if (index < to.size && status !== statusIn(from, index)) found[status]?.push(index);
    }
  }
  return ([0, 1, 2] as const)
    .map((status) => ({ status, indices: found[status] }))
    .filter(({ indices }) => indices.length > 0);
}

/** How many indices are not valid, per status. */
export function countBits(list: StatusBits): {
  readonly invalid: number;
  readonly suspended: number;
} {
  const changes = changesBetween(blankBits(list.bits, list.size), list);
  const count = (status: Status) =>
    changes.find((change) => change.status === status)?.indices.length ?? 0;
  return { invalid: count(1), suspended: count(2) };
}

export const deflated = (bytes: Bytes, level = 9): string =>
  toBase64url(deflateSync(bytes, { level }));

/** Reads what `deflated` wrote; undefined when it is broken or of another size. */
export async function inflatedBits(
  lst: string,
  bits: 1 | 2,
  size: number,
): Promise<StatusBits | undefined> {
  const data = fromBase64url(lst);
  const bytes = data && (await inflateExactly(data, Math.ceil((size * bits) / 8)));
  return bytes && { bits, size, bytes };
}
