import type { MiddlewareHandler } from 'hono';
import { addressOf } from '../../node/http/address.ts';
import { tokenBuckets } from '../../node/http/token-buckets.ts';
import type { Hub } from '../hub.ts';
import { tooMany } from './problem.ts';
import { defaultRates } from './rate-limit.ts';

/** Answers 429 before anything is read or signed when an address asks too often. */
export function limitByAddress(
  { clock, metrics, rates, trustProxy = false }: Hub,
  what: 'time' | 'devices' | 'statuses' | 'claimsOf',
): MiddlewareHandler {
  const take = tokenBuckets(rates?.[what] ?? defaultRates[what], clock.monotonic);
  return async (context, next) => {
    const address = addressOf(context, trustProxy);
    const waitS = address === undefined ? 0 : take(address);
    if (waitS === 0) return next();
    metrics.count('kakou_limited_total', { what });
    return tooMany(context, waitS);
  };
}
