import type { MonotonicMillis } from '../../core/units.ts';

/** A token bucket: `burst` requests at once, and `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * What one device or address may ask for. A phone with 100,000 entries waiting sends 500 batches; a
 * whole town's phones may stand behind one address.
 */
export const defaultRates = {
  /** Batches by device, counted once the signature is good: nobody spends another's allowance. */
  scans: { burst: 600, perSecond: 20 },
  /** By address. */
  time: { burst: 2000, perSecond: 200 },
  /** By address. */
  devices: { burst: 120, perSecond: 2 },
  /** Uploads in nobody's name or with a bad signature, by address. */
  unauthorised: { burst: 300, perSecond: 5 },
} as const satisfies Readonly<Record<string, Rate>>;
export type Limited = keyof typeof defaultRates;

interface Bucket {
  tokens: number;
  filledAt: number;
}

const maxKeys = 100_000;

/**
 * Takes a token for `key` (none when told 0) and returns 0, or the whole seconds until there is one (RFC 9110
 * section 10.2.3). In memory, per hub process; of too many keys the longest unused are forgotten.
 */
export function tokenBuckets(
  { burst, perSecond }: Rate,
  monotonic: () => MonotonicMillis,
  capacity = maxKeys,
): (key: string, tokens?: 0 | 1) => number {
  const buckets = new Map<string, Bucket>();
  return (key, taken = 1) => {
    const now = monotonic();
    const before = buckets.get(key) ?? { tokens: burst, filledAt: now };
    const refilled = ((now - before.filledAt) / 1000) * perSecond;
    const tokens = Math.min(burst, before.tokens + refilled);
    const isFree = tokens >= 1;
    buckets.delete(key);
    buckets.set(key, { tokens: isFree ? tokens - taken : tokens, filledAt: now });
    if (buckets.size > capacity) buckets.delete(buckets.keys().next().value ?? '');
    return isFree ? 0 : Math.ceil((1 - tokens) / perSecond);
  };
}
