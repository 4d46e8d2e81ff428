import { epochMillis } from '../units.ts';
import type { PersistedTime } from './clock-model.ts';

/**
 * What to write down where two tabs of one phone each keep a clock: the one that synced last speaks;
 * of two that know of equally many syncs neither takes back what the other has shown or found out,
 * for only a sync may (protocol 5.2). `kept` is what is on disk, by whichever tab or version.
 */
export function mergeClocks(kept: unknown, mine: PersistedTime): PersistedTime {
  if (!isOurs(kept)) return mine;
  const more = (kept.syncs ?? 0) - (mine.syncs ?? 0);
  if (more !== 0) return more > 0 ? kept : mine;
  return {
    ...mine,
    shown: epochMillis(Math.max(kept.shown, mine.shown)),
    setBack: mine.setBack || kept.setBack,
    jumped: mine.jumped || kept.jumped,
  };
}

/** Not of the first version, which had a floor and no time shown. */
const isOurs = (kept: unknown): kept is PersistedTime =>
  typeof kept === 'object' && kept !== null && 'shown' in kept;
