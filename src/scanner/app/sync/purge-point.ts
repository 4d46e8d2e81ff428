import type { LogEntry } from '../../../core/log/entry.ts';
import type { EpochMillis } from '../../../core/units.ts';

export interface PurgeRules {
  /** Seq up to which the hub has receipted the log. */
  readonly receipted: number;
  /** Seq of the newest entry, which always stays. */
  readonly head: number;
  /** Only what was over before this instant goes. */
  readonly before: EpochMillis;
  /** Id of the shift under way, which stays whole. */
  readonly shift?: string;
}

/** The members of an entry that say when it was written, and in which shift. */
export type Dated = Pick<LogEntry, 'seq' | 'at' | 'shift' | 'quality'>;

/**
 * The last seq that may be purged, 0 for none: receipted, before the head, and the end of a shift
 * that was over before the window. `entries` are consecutive, from the oldest still held. The end of
 * a shift written by a clock in doubt does not count by itself: a later, sure one takes it along.
 */
export function purgePoint(entries: readonly Dated[], rules: PurgeRules): number {
  let point = 0;
  for (const [i, entry] of entries.entries()) {
    const isKept = entry.seq > rules.receipted || entry.seq >= rules.head;
    if (isKept || entry.at >= rules.before || (rules.shift && entry.shift === rules.shift)) break;
    const next = entries[i + 1];
    const endsShift = next !== undefined && next.shift !== entry.shift;
    const isSure = entry.quality === 'synced' || entry.quality === 'held';
    if ((endsShift || entry.shift === '') && isSure) point = entry.seq;
  }
  return point;
}
