import * as v from 'valibot';
import { isSiteId } from '../ids.ts';
import { isObject } from '../json.ts';
import type { Language } from '../terms.ts';
import { wordOr } from '../trust/growth.ts';
import { directions } from '../trust/places.ts';
import { kioskCameras } from './kiosk-camera.ts';

export const languages: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];

/** Seconds within which a code of somebody who was let in does not count again, as a gate may say it. */
export const passBackRange = { from: 60, to: 86_400 } as const;

/** Seconds; between a minute and a day. */
export const passBackSeconds = v.pipe(
  v.number('passBackS'),
  v.safeInteger(),
  v.minValue(passBackRange.from),
  v.maxValue(passBackRange.to),
);

/** What an operator sets for the phones of a gate; what is absent is left to rule, phone and guard. */
export const gateSettings = v.strictObject({
  /** Rapid mode at the start of a shift. */
  rapid: v.exactOptional(v.boolean('rapid')),
  passBackS: v.exactOptional(passBackSeconds),
  language: v.exactOptional(v.picklist(languages, 'language')),
  /** Every phone of the gate stands there by itself: protocol 4.3. */
  kiosk: v.exactOptional(v.picklist(kioskCameras, 'kiosk')),
});
export type GateSettings = v.InferOutput<typeof gateSettings>;

/** Settings as they are kept, read member by member: what cannot be read is not set. */
export function readGateSettings(kept: unknown): GateSettings {
  const said = isObject(kept) ? kept : {};
  const read = Object.entries(gateSettings.entries).flatMap(([name, shape]) => {
    const one = v.safeParse(shape, said[name]);
    return one.success && one.output !== undefined ? [[name, one.output] as const] : [];
  });
  return Object.fromEntries(read);
}

/** What the phones of a gate are told of where it leads: protocol 12. Follows from gate and site. */
export const toldPlace = v.object({
  direction: v.optional(wordOr(directions, undefined)),
  zone: v.optional(
    v.object({
      id: v.pipe(v.string(), v.check(isSiteId)),
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(480)),
      capacity: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    }),
  ),
});
export type ToldPlace = v.InferOutput<typeof toldPlace>;

/** The same as it is kept: what cannot be read was not told. */
export function readToldPlace(kept: unknown): ToldPlace {
  const read = v.safeParse(toldPlace, kept);
  return read.success ? read.output : {};
}
