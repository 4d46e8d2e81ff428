import type { ChainBreak } from '../../../core/log/chain.ts';
import type { ExportBody } from '../../../core/log/entry.ts';
import type { ShiftPaper } from '../../../core/log/shift-paper.ts';
import type { ShiftSummary } from '../../../core/log/shift-summary.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { ActiveShift } from '../stores.ts';

export type ExportFormat = ExportBody['format'];

/** A shift that has ended, as the supervisor wants to see it. */
export interface ShiftReport extends ShiftSummary {
  readonly id: string;
  readonly operator: string;
  readonly startedAt: EpochMillis;
  readonly endedAt: EpochMillis;
  /** Present when the shift's entries are not an unbroken chain. */
  readonly chainBreak?: ChainBreak;
  /** What its printed form says beside the numbers; absent where the phone holds none of its entries. */
  readonly paper?: ShiftPaper;
}

/** A shift still in this phone's log. */
export interface PastShift {
  readonly id: string;
  readonly operator: string;
  readonly startedAt: EpochMillis;
  readonly endedAt: EpochMillis;
  /** Scans and people registered by hand. */
  readonly people: number;
}

/** The shift that runs, the one that has ended, and the file about one of them. */
export interface ShiftSlice {
  readonly shift?: ActiveShift;
  /** The last guards of this phone by name or number, newest first; absent when there are none. */
  readonly guards?: readonly string[];
  /** The shift that has just ended, until the next begins or `closeSummary`. */
  readonly summary?: ShiftReport;
  /** A file under construction. */
  readonly exporting?: ExportFormat;
  /** A finished file that waits for the tap on share. */
  readonly exportReady?: {
    readonly name: string;
    readonly format: ExportFormat;
    /** Id of the shift it is about. */
    readonly shift: string;
    readonly entries: number;
    /** Of a shift that only the supervisor may have: goes with the role. */
    readonly past?: true;
  };
}
