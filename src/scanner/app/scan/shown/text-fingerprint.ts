import { hmacSha256Hex } from '../../../../core/bytes.ts';
import type { EpochMillis } from '../../../../core/units.ts';
import type { DeviceStore } from '../../stores.ts';

/**
 * What the log keeps of a text that did not verify: HMAC-SHA-256 with a random key that this phone
 * has for one day. The same text is known again on the same day, and by nobody who holds the log: a
 * bare hash of a telephone number is found in milliseconds, and links every visit.
 */
export interface TextFingerprint {
  /** Hex; undefined when there is no key to be had: the entry is written without. */
  of(text: string, at: EpochMillis): Promise<string | undefined>;
  /** Lets the key of an earlier day go. */
  renew(at: EpochMillis): Promise<void>;
}

const dayMs = 24 * 3600_000;

export function createTextFingerprint(device: Pick<DeviceStore, 'dayKey'>): TextFingerprint {
  const keyOf = (at: EpochMillis) => device.dayKey(Math.floor(at / dayMs));
  return {
    of: (text, at) =>
      keyOf(at)
        .then((key) => hmacSha256Hex(key, text))
        .catch(() => undefined),
    async renew(at) {
      await keyOf(at).catch(() => undefined);
    },
  };
}
