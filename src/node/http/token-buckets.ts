import type { MonotonicMillis } from '../../core/units.ts';

/** A token bucket: `burst` requests at once, and `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

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
