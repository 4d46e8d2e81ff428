import type { MonotonicMillis } from '../../../core/units.ts';
import type { RandomBytes } from '../../../ports/world.ts';

interface Needs {
  readonly random: RandomBytes;
  monotonic(): MonotonicMillis;
  /** Whether there is a network now. */
  readonly isOnline: boolean;
  /** Catches up. */
  catchUp(): void;
}

/** Of the time without a network, the part over which all who lost it together come back. */
const part = 10;
const longestMs = 60_000;

/**
 * A network that comes back comes back to every phone of a quarter at once, and all that their hubs are
 * asked then is asked in one second. So a phone waits before it catches up, at random, up to a tenth of
 * the time that it was alone and never longer than a phone with a network waits for its next round.
 */
export function createComeback({ random, monotonic, isOnline, catchUp }: Needs) {
  let goneAt = isOnline ? undefined : monotonic();
  let timer: number | undefined;
  return {
    networkChanged(isThere: boolean): void {
      if (!isThere) {
        goneAt ??= monotonic();
        clearTimeout(timer);
        return;
      }
      if (goneAt === undefined) return;
      const aloneMs = monotonic() - goneAt;
      goneAt = undefined;
      const [high = 0, low = 0] = random(2);
      const share = (high * 256 + low) / 65_536;
      clearTimeout(timer);
      timer = setTimeout(catchUp, share * Math.min(longestMs, aloneMs / part));
    },
    stop: () => clearTimeout(timer),
  };
}
