import * as v from 'valibot';
import { isGateId, isKeptDeviceId } from '../ids.ts';
import type { PublicJwk } from '../jwk.ts';
import type { ToldCount } from '../log/occupancy.ts';
import { err, ok, type Result } from '../result.ts';
import { isBeyond } from '../trust/growth.ts';
import { openSignedFile } from '../trust/signed-file.ts';
import { epochMillis } from '../units.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const moment = v.pipe(count, v.maxValue(8.64e15));

const signed = v.object({
  device: v.pipe(v.string(), v.check(isKeptDeviceId)),
  gate: v.pipe(v.string(), v.check(isGateId)),
  inside: v.pipe(v.number(), v.safeInteger()),
  through: count,
  from: moment,
  at: moment,
});

/**
 * The hub's signed word to one phone on how many are inside where its gate leads: `kakou-zone+jws`,
 * protocol 12. `through`: the last entry of this phone's that is in it.
 */
export type ZoneCount = v.InferOutput<typeof signed>;

export type ZoneCountRefusal =
  | 'zone-malformed'
  | 'zone-forged'
  | 'zone-other'
  | 'zone-older'
  | 'zone-ahead';

const maxBytes = 4096;

/** What this phone is and knows. */
interface Here {
  readonly device: string;
  readonly gate: string;
  /** Of its log. */
  readonly head: number;
  /** Its clock, in milliseconds. */
  readonly now: number;
  /** When the word in hand was said; 0: there is none. */
  readonly since: number;
}

/** A hub's clock may be so much ahead of the phone's. */
const aheadMs = 60_000;

/**
 * Opens it with the hub's receipt keys. A number nobody signed counts for nothing: a small one would let
 * people into a place that is full. For another phone or gate, older than the one in hand, dated ahead,
 * or about entries that were never written: refused, and the one in hand stays.
 */
export async function openZoneCount(
  file: Uint8Array,
  keys: readonly PublicJwk[],
  here: Here,
): Promise<Result<ToldCount, ZoneCountRefusal>> {
  const opened = await openSignedFile(file, {
    ...{ typ: 'kakou-zone+jws', keys, threshold: 1, maxBytes },
  });
  if (!opened.ok) return err(opened.error === 'below-threshold' ? 'zone-forged' : 'zone-malformed');
  const parsed = isBeyond(opened.value) ? undefined : v.safeParse(signed, opened.value);
  if (!parsed?.success) return err('zone-malformed');
  const { device, gate, inside, through, from, at } = parsed.output;
  if (device !== here.device || gate !== here.gate || through > here.head) return err('zone-other');
  if (at <= here.since) return err('zone-older');
  if (at > here.now + aheadMs || from > at) return err('zone-ahead');
  return ok({ inside, through, from: epochMillis(from), at: epochMillis(at) });
}
