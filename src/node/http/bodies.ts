import type { MonotonicMillis } from '../../core/units.ts';

/** Bytes of all request bodies this process holds at once, as they came and unpacked. */
export const bodyBudget = 64 * 1024 * 1024;
/** Milliseconds without a byte after which a body is cut. */
export const silenceMs = 20_000;
/** One that was heard of less long ago is not cut to make room. */
const freshMs = 1000;

/** The part of the budget that one request holds. */
export interface Share {
  /** Takes so many bytes more; false when there is no room, even after the stalest were cut. */
  grow(bytes: number): boolean;
  /** The body has come: it is being worked on and no longer cut for others. */
  complete(): void;
  end(): void;
}

/** A budget of bytes over all bodies in flight: what comes slowly gives way to what comes now. */
export interface Bodies {
  /** `cut` ends the request: it was silent for the longest when others needed room. */
  begin(cut: () => void): Share;
  readonly used: () => number;
}

interface Held {
  bytes: number;
  heardAt: number;
  readonly cut: () => void;
}

export function createBodies(
  monotonic: () => MonotonicMillis,
  budget: number = bodyBudget,
): Bodies {
  let used = 0;
  /** Those still coming, the longest unheard of first. */
  const coming = new Set<Held>();

  function makeRoom(bytes: number, now: number, asking: Held): boolean {
    for (const stale of coming) {
      if (used + bytes <= budget || now - stale.heardAt < freshMs) break;
      if (stale === asking) continue;
      coming.delete(stale);
      used -= stale.bytes;
      stale.bytes = 0;
      stale.cut();
    }
    return used + bytes <= budget;
  }

  return {
    used: () => used,
    begin(cut) {
      const held: Held = { bytes: 0, heardAt: monotonic(), cut };
      coming.add(held);
      return {
        grow(bytes) {
          const now = monotonic();
          if (used + bytes > budget && !makeRoom(bytes, now, held)) return false;
          used += bytes;
          held.bytes += bytes;
          if (coming.delete(held)) coming.add(held);
          held.heardAt = now;
          return true;
        },
        complete: () => void coming.delete(held),
        end() {
          coming.delete(held);
          used -= held.bytes;
          held.bytes = 0;
        },
      };
    },
  };
}
