import * as v from 'valibot';
import { isGateId } from '../ids.ts';
import type { PublicJwk } from '../jwk.ts';
import { err, ok, type Result } from '../result.ts';
import type { Language } from '../terms.ts';
import { isBeyond, wordOr } from '../trust/growth.ts';
import { openSignedFile } from '../trust/signed-file.ts';
import {
  type GateSettings,
  languages,
  passBackSeconds,
  type ToldPlace,
  toldPlace,
} from './gate-settings.ts';
import { type KioskCamera, kioskCameras } from './kiosk-camera.ts';
import { type PinHash, readPinHash } from './pin.ts';

const signed = v.object({
  gate: v.pipe(v.string(), v.check(isGateId)),
  iat: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  rapid: v.optional(v.boolean()),
  passBackS: v.optional(passBackSeconds),
  language: v.optional(wordOr(languages, undefined)),
  kiosk: v.optional(wordOr(kioskCameras, undefined)),
  supervisor: v.optional(v.unknown()),
  ...toldPlace.entries,
});

/** The hub's signed word on a gate's settings: protocol 4.2. */
export interface SignedSettings extends GateSettings, ToldPlace {
  readonly gate: string;
  /** When they were set, in seconds, later than any before of this gate: their version. */
  readonly iat: number;
  /** The supervisors' PIN. */
  readonly supervisor?: PinHash;
}

/**
 * Why settings are not taken: damaged or of another kind, by no receipt key of the bundle, for another
 * gate, set before those in force, or asking for a newer app.
 */
export type SettingsRefusal =
  | 'settings-malformed'
  | 'settings-forged'
  | 'settings-other-gate'
  | 'settings-older'
  | 'app-outdated';

const maxBytes = 8 * 1024;

/** Opens a `kakou-settings+jws` with the hub's receipt keys, one of which must have signed. */
export async function openGateSettings(
  file: Uint8Array,
  keys: readonly PublicJwk[],
): Promise<Result<SignedSettings, SettingsRefusal>> {
  const rules = { typ: 'kakou-settings+jws', keys, threshold: 1, maxBytes } as const;
  const opened = await openSignedFile(file, rules);
  if (!opened.ok)
    return err(opened.error === 'below-threshold' ? 'settings-forged' : 'settings-malformed');
  if (isBeyond(opened.value)) return err('app-outdated');
  const parsed = v.safeParse(signed, opened.value);
  if (!parsed.success) return err('settings-malformed');
  const { gate, iat, supervisor, direction, zone, ...rest } = parsed.output;
  const pin = readPinHash(supervisor);
  if (supervisor !== undefined && !pin) return err('settings-malformed');
  return ok({
    gate,
    iat,
    ...present(rest),
    ...(direction && { direction }),
    ...(zone && { zone }),
    ...(pin && { supervisor: pin }),
  });
}

/** What speaks against genuine ones here; `iat` of those in force, 0 where there are none. */
export function refuseSettings(
  { gate, iat }: Pick<SignedSettings, 'gate' | 'iat'>,
  here: { readonly gate: string; readonly iat: number },
): SettingsRefusal | undefined {
  if (gate !== here.gate) return 'settings-other-gate';
  return iat < here.iat ? 'settings-older' : undefined;
}

function present(said: {
  readonly rapid?: boolean | undefined;
  readonly passBackS?: number | undefined;
  readonly language?: Language | undefined;
  readonly kiosk?: KioskCamera | undefined;
}): GateSettings {
  const { rapid, passBackS: seconds, language, kiosk } = said;
  return {
    ...(rapid !== undefined && { rapid }),
    ...(seconds !== undefined && { passBackS: seconds }),
    ...(language !== undefined && { language }),
    ...(kiosk !== undefined && { kiosk }),
  };
}
