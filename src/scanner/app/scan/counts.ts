import type { LogEntry } from '../../../core/log/entry.ts';
import { finalScans } from '../../../core/log/shift-summary.ts';
import type { VerdictState } from '../../../core/verify/verdict.ts';
import { type Counts, noCounts } from './scan-state.ts';

/** Scans of these entries by final state: a later `decision` replaces the state of the scan it refers to. */
export function countScans(entries: readonly LogEntry[]): Counts {
  const counts = { ...noCounts };
  for (const { state } of finalScans(entries).values()) counts[state]++;
  return counts;
}

/** The counts after one more scan, or after a decision that changed a scan from `before`. */
export function countOne(counts: Counts, after: VerdictState, before?: VerdictState): Counts {
  const next = { ...counts, [after]: counts[after] + 1 };
  return before ? { ...next, [before]: next[before] - 1 } : next;
}
