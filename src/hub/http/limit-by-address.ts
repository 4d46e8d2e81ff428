import type { MiddlewareHandler } from 'hono';
import type { Hub } from '../hub.ts';
import { addressOf } from './address.ts';
import { tooMany } from './problem.ts';
import { defaultRates, tokenBuckets } from './rate-limit.ts';

/** Answers 429 before anything is read or signed when an address asks too often. */
export function limitByAddress(
  { clock, metrics, rates, trustProxy = false }: Hub,
  what: 'time' | 'devices',
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
