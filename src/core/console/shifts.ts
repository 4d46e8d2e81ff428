import type { ChainProblem } from '../log/chain.ts';
import type { ShiftPaper } from '../log/shift-paper.ts';
import type { Outcomes, ShiftSummary } from '../log/shift-summary.ts';
import type { LocalizedText } from '../terms.ts';
import type { VerdictState } from '../verify/verdict.ts';

/** What the hub answers to the console of shifts: protocol 14. Times are epoch milliseconds. */

/** A shift in the list. */
export interface ShiftRow {
  readonly device: string;
  readonly shift: string;
  readonly gate: string;
  readonly gateName: string;
  /** As the guard typed it; absent where the shift's start has not come. */
  readonly operator?: string;
  readonly from: number;
  readonly to: number;
  readonly ended: boolean;
  /** Who came and how it ended; who left, and codes that were only looked at, are in none of these. */
  readonly people: Outcomes & {
    readonly people: number;
    readonly left: number;
    readonly looks: number;
  };
  /** Scans by the verdict first shown. */
  readonly states: Readonly<Record<VerdictState, number>>;
  /** Its device was revoked, before or since. */
  readonly revoked: boolean;
  /** Entries say another gate than the one its device is enrolled at. */
  readonly elsewhere: boolean;
}

/** A page of shifts, the last begun first. */
export interface ShiftList {
  readonly shifts: readonly ShiftRow[];
  readonly after?: { readonly at: number; readonly device: string; readonly seq: number };
}

/** A shift as the phone's report tells it, and how far the hub's copy of it proves anything. */
export interface ShiftReport {
  readonly row: ShiftRow;
  readonly summary: ShiftSummary;
  /** What its issuers call themselves, where the bundle names them. */
  readonly issuers: Readonly<Record<string, LocalizedText>>;
  readonly paper: ShiftPaper;
  /** Entries kept. */
  readonly entries: number;
  /** Entries between its first and its last that have not come. */
  readonly missing: number;
  /** The first entry that does not follow the one before it. */
  readonly chainBreak?: { readonly at: number; readonly problem: ChainProblem };
  /** The last entry of the phone's that the hub gave a receipt for. */
  readonly receiptedThrough: number;
  /** Entries that came after the phone was revoked: not counted. */
  readonly late: number;
}
