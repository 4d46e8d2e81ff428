import { kioskCameras } from '../../../core/enrol/kiosk-camera.ts';
import { scannedWiths } from '../../../core/log/outcome.ts';
import type { KioskPlan } from './kiosk-state.ts';

/** What a phone keeps of being a kiosk, through restarts. */
export interface KioskRecord extends KioskPlan {
  readonly isOn: boolean;
  /** The desk's settings that were in force when it was turned on or left, by their `iat`: they act once. */
  readonly deskIat?: number;
}

/** As kept; undefined where it never was one, or says what this version does not know. */
export function readKiosk(stored: unknown): KioskRecord | undefined {
  const kept = (stored ?? {}) as { readonly [Member in keyof KioskRecord]?: unknown };
  const camera = kioskCameras.find((one) => one === kept.camera);
  if (camera === undefined) return undefined;
  const scannedWith = scannedWiths.find((one) => one === kept.scannedWith);
  return {
    isOn: kept.isOn === true,
    camera,
    ...(scannedWith && { scannedWith }),
    ...(typeof kept.deskIat === 'number' && { deskIat: kept.deskIat }),
  };
}

/** The plan of one that is on. */
export function planOf(record: KioskRecord | undefined): KioskPlan | undefined {
  if (!record?.isOn) return undefined;
  const { camera, scannedWith } = record;
  return { camera, ...(scannedWith && { scannedWith }) };
}

export const isSamePlan = (one: KioskPlan | undefined, other: KioskPlan | undefined): boolean =>
  one?.camera === other?.camera && one?.scannedWith === other?.scannedWith;
