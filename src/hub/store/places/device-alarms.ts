import { type DeviceAlarm, deviceAlarms, type Told } from '../../../core/console/devices.ts';
import { limits } from '../../../core/limits.ts';
import type { Missing } from '../missing.ts';

/** Bytes left for the log below which a phone says so itself, and the share of its room. */
const tight = { bytes: 50_000_000, share: 0.9 };
/** Per cent, not charging, at which a shift may not be seen to its end. */
const lowBattery = 20;
/** Seconds by which passes may say that a clock is off. */
const skewS = 30;

interface Known {
  readonly log: Missing | undefined;
  readonly told: Told | undefined;
  readonly quality: string | undefined;
  /** Entries that never came. */
  readonly lost: number;
  /** On shift, and nothing was heard of it for too long. */
  readonly silent: boolean;
  readonly confirmed: boolean;
}

/** What is wrong with a phone that counts. */
export function alarmsOf(known: Known): DeviceAlarm[] {
  const { log, told = { at: 0 }, quality, lost, silent, confirmed } = known;
  const isForked = log?.quarantined.some(({ reason }) => reason === 'fork') ?? false;
  const isQuarantined = (log?.quarantined.length ?? 0) > 0 && !isForked;
  const when: Readonly<Record<DeviceAlarm, boolean>> = {
    fork: isForked,
    'other-gate': (log?.otherGate ?? 0) > 0,
    gap: lost > 0,
    quarantine: isQuarantined,
    silent,
    storage: isTight(told),
    clock: quality === 'bad' || quality === 'unconfirmed',
    skew: Math.abs(told.skewS ?? 0) >= skewS,
    // as old as it was when the phone said so: one in a drawer is no alarm
    'list-old': told.listIat !== undefined && told.at / 1000 - told.listIat > limits.listTooOldS,
    settings: told.refused !== undefined,
    battery:
      (told.onShift ?? false) &&
      told.charging !== true &&
      told.battery !== undefined &&
      told.battery <= lowBattery,
    unconfirmed: !confirmed,
  };
  return deviceAlarms.filter((alarm) => when[alarm]);
}

function isTight({ fault, usedBytes, quotaBytes }: Partial<Told>): boolean {
  if (fault !== undefined) return true;
  if (usedBytes === undefined || quotaBytes === undefined) return false;
  return quotaBytes - usedBytes < tight.bytes || usedBytes > quotaBytes * tight.share;
}
