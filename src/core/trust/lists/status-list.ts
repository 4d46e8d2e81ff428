import * as v from 'valibot';
import { fromBase64url } from '../../base64url.ts';
import type { CompactJws } from '../../jws.ts';
import { limits } from '../../limits.ts';
import { err, ok, type Result } from '../../result.ts';
import { type Bytes, type EpochSeconds, epochSeconds } from '../../units.ts';
import type { ListPin } from '../bundle.ts';
import type { TrustProblem } from '../problem.ts';
import { inflateExactly } from './inflate.ts';

/** What a status means (Token Status List draft 21, section 7.1). Any other value counts as invalid. */
export type TokenStatus = 'valid' | 'invalid' | 'suspended';

/** An issuer's inflated status list: one small integer per index, least significant bits first. */
export interface StatusList {
  readonly bits: 1 | 2;
  /** Number of indices. */
  readonly size: number;
  readonly bytes: Bytes;
  /** When the newer of list and delta was issued: what its age is counted from. */
  readonly iat: EpochSeconds;
  readonly version: number;
}

const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const listClaims = v.object({
  sub: v.string(),
  iat: time,
  status_list: v.object({ bits: v.picklist([1, 2]), lst: v.string() }),
});
const deltaClaims = v.object({
  sub: v.string(),
  iat: time,
  /** Day of the full list it is counted from; a delta for another day's list fits nothing. */
  day: v.string(),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  set: v.array(
    v.object({
      status: v.picklist([0, 1, 2, 3]),
      count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      length: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      gaps: v.string(),
    }),
  ),
});

/**
 * Builds the list from a verified `statuslist+jwt` and the bundle's pin. The signature, the pin's
 * hash and length, and the right to sign are checked before (`lists.ts`).
 */
export async function readStatusList(
  jws: CompactJws,
  pin: ListPin,
): Promise<Result<StatusList, TrustProblem>> {
  const claims = v.safeParse(listClaims, jws.payload);
  if (!claims.success || claims.output.sub !== pin.uri) return err('bad-shape');
  const { bits, lst } = claims.output.status_list;
  const length = Math.ceil((pin.size * pin.bits) / 8);
  if (bits !== pin.bits || length > limits.listInflatedBytes) return err('bad-shape');
  const deflated = fromBase64url(lst);
  const bytes = deflated && (await inflateExactly(deflated, length));
  if (!bytes) return err('inflate');
  const iat = epochSeconds(claims.output.iat);
  return ok({ bits, size: pin.size, bytes, iat, version: pin.version });
}

/**
 * Lays a verified `kakou-delta+jwt` over the full list of the same day. Its payload is
 * `{sub, iat, day, version, set: [{status, count, length, gaps}]}`: per status the `count` indices
 * that now have it, ascending, each as the LEB128 varint of its distance to the one before
 * (the first: index + 1), `length` bytes in all, zlib-deflated, base64url. Cumulative: it alone brings
 * the full list up to date. `list.bytes` is copied, never written.
 */
export async function applyDelta(
  list: StatusList,
  jws: CompactJws,
  pin: ListPin,
): Promise<Result<StatusList, TrustProblem>> {
  const claims = v.safeParse(deltaClaims, jws.payload);
  if (!claims.success || !pin.delta) return err('bad-shape');
  const { sub, day, version, set, iat } = claims.output;
  if (sub !== pin.delta.uri || day !== pin.day || version !== pin.delta.version) {
    return err('bad-shape');
  }
  const bytes = list.bytes.slice();
  for (const { status, count, length, gaps } of set) {
    if (status >= 2 ** list.bits || length > 5 * count) return err('bad-shape');
    if (count > list.size) return err('bad-shape');
    const deflated = fromBase64url(gaps);
    const packed = deflated && (await inflateExactly(deflated, length));
    if (!packed || !setAll(bytes, list, packed, count, status)) return err('inflate');
  }
  return ok({ ...list, bytes, iat: epochSeconds(Math.max(iat, list.iat)), version });
}

/** The status of an index, or undefined when the list does not reach that far. */
export function statusAt(list: StatusList, index: number): TokenStatus | undefined {
  if (!Number.isSafeInteger(index) || index < 0 || index >= list.size) return undefined;
  const perByte = 8 / list.bits;
  const byte = list.bytes[Math.floor(index / perByte)] ?? 0;
  const value = (byte >> ((index % perByte) * list.bits)) & (2 ** list.bits - 1);
  return value === 0 ? 'valid' : value === 2 ? 'suspended' : 'invalid';
}

function setAll(
  bytes: Bytes,
  list: Pick<StatusList, 'bits' | 'size'>,
  packed: Bytes,
  count: number,
  status: number,
): boolean {
  let index = -1;
  let at = 0;
  for (let n = 0; n < count; n++) {
    let gap = 0;
    let scale = 1;
    let byte: number;
    do {
      byte = packed[at++] ?? 0xff;
      gap += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80 && at < packed.length);
    index += gap;
    const isPadded = byte === 0 && scale > 128;
    if (byte >= 0x80 || isPadded || gap < 1 || index >= list.size) return false;
    const perByte = 8 / list.bits;
    const cell = Math.floor(index / perByte);
    const shift = (index % perByte) * list.bits;
    const mask = (2 ** list.bits - 1) << shift;
    bytes[cell] = ((bytes[cell] ?? 0) & ~mask) | (status << shift);
  }
  return at === packed.length;
}
