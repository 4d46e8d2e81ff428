/** Milliseconds for which an event may have waited; what seems older has a clock that is not the page's. */
const longestWait = 10_000;

/**
 * When an event happened, milliseconds, by its own time stamp (DOM standard, `Event.timeStamp`) and not
 * when the page came to it: a busy page gets all at once what happened one after another. `now` is the
 * same clock's. An engine without such times (0), or with another clock, gets `now`.
 */
export function eventTime({ timeStamp }: { readonly timeStamp: number }, now: number): number {
  return timeStamp > 0 && now - timeStamp < longestWait ? Math.min(timeStamp, now) : now;
}
