import type { LogEntry } from '../../../core/log/entry.ts';
import { tallyShift, verdictTotals } from '../../../core/log/shift-summary.ts';
import type { RunningTally, ScanSlice } from './scan-state.ts';

type Counted = Required<
  Pick<ScanSlice, 'tally' | 'counts' | 'byHand' | 'outcomes' | 'left' | 'looks'>
>;

/** The numbers after these entries too: those of a shift that is not the tally's begin anew. */
export function counted(
  tally: RunningTally | undefined,
  shift: string,
  entries: readonly LogEntry[],
): Counted {
  const next = tally?.shift === shift ? tally : { shift, ...tallyShift() };
  for (const entry of entries) next.add(entry);
  const summary = next.summary();
  const { admitted, refused, notRecorded, verdicts, left, looks } = summary;
  return {
    tally: next,
    counts: verdictTotals(summary),
    byHand: verdicts.byHand,
    outcomes: { admitted, refused, notRecorded },
    left,
    looks,
  };
}
