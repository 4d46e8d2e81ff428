/** Aborts after so many milliseconds; `AbortSignal.timeout` is younger than the oldest browsers. */
export function overAfter(ms: number): AbortSignal {
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(), ms);
  return waiting.signal;
}
