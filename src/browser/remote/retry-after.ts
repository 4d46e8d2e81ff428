/** Longest wait a hub may ask for, in seconds. */
const longestS = 300;

/**
 * Seconds to wait by a `Retry-After` header (RFC 9110 section 10.2.3: delta-seconds or an HTTP-date),
 * at most 300; undefined where there is none or it cannot be read. A date counts from the answer's own
 * `Date`, so that a wrong clock here does not matter; without one, from `now` (epoch milliseconds).
 */
export function retryAfterS(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Math.min(longestS, Number(text));
  if (!/^[A-Z][a-z]+,? /.test(text)) return undefined; // `Date.parse` takes nearly anything
  const sent = Date.parse(headers.get('date') ?? '');
  const waitS = (Date.parse(text) - (Number.isNaN(sent) ? now : sent)) / 1000;
  return Number.isNaN(waitS) ? undefined : Math.min(longestS, Math.max(0, Math.ceil(waitS)));
}
