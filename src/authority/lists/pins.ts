import { sha256Hex, utf8 } from '../../core/bytes.ts';
import type { ListPin } from '../../core/trust/bundle.ts';
import type { EpochSeconds } from '../../core/units.ts';

/** The day, in UTC, whose full list is in force at `now`. */
export const dayOf = (now: EpochSeconds): string => new Date(now * 1000).toISOString().slice(0, 10);

/** Length and hash of a list or delta, for the bundle to name. */
export async function pinOf(file: string): Promise<Pick<ListPin, 'length' | 'sha256'>> {
  return { length: utf8(file).length, sha256: await sha256Hex(file) };
}
