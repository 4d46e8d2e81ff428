import { type EpochMillis, epochMillis } from '../core/units.ts';
import type { Sighting } from '../core/verify/verdict.ts';
import type { SeenStore } from './ports.ts';

/** How long a presentation is remembered: as long as a credential can live. */
const windowMs = 24 * 3600_000;
/** In memory; the disk has all of them, and is asked before a code counts as new. */
const maxRemembered = 256;

export interface SeenCache {
  find(key: string): Sighting | undefined;
  /** Looks on the disk too: true when one of them is there (let in by another tab, or long ago), and `find` now knows it. */
  learn(keys: readonly string[]): Promise<boolean>;
  /** Remembers a logged presentation, in memory at once and on disk. */
  put(keys: readonly string[], sighting: Sighting): Promise<void>;
  /** Forgets what is older than the window. */
  forget(now: EpochMillis): Promise<void>;
}

/** Presentations of the last day: the newest in memory for the verdict, all on disk. */
export async function createSeenCache(store: SeenStore, now: EpochMillis): Promise<SeenCache> {
  const since = epochMillis(now - windowMs);
  const seen = new Map<string, Sighting>(await store.load(since));
  trim();

  function trim(): void {
    for (const oldest of seen.keys()) {
      if (seen.size <= maxRemembered) break;
      seen.delete(oldest);
    }
  }

  return {
    find: (key) => seen.get(key),
    async learn(keys) {
      const found = await Promise.all(keys.map((key) => store.get(key)));
      for (const [i, sighting] of found.entries()) {
        if (sighting) seen.set(keys[i] ?? '', sighting);
      }
      trim();
      return found.some(Boolean);
    },
    async put(keys, sighting) {
      for (const key of keys) {
        if (seen.has(key)) continue; // the first sighting is the one that counts
        seen.set(key, sighting);
        await store.put(key, sighting);
      }
      trim();
    },
    async forget(at) {
      const before = epochMillis(at - windowMs);
      for (const [key, sighting] of seen) if (sighting.at < before) seen.delete(key);
      await store.forgetBefore(before);
    },
  };
}
