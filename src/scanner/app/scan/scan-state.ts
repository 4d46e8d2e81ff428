import type { FaultCode } from '../../../core/fault.ts';
import type { LogEntry } from '../../../core/log/entry.ts';
import type { ByHand } from '../../../core/log/shift-summary.ts';
import type { NotAPass } from '../../../core/terms.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Verdict, VerdictState } from '../../../core/verify/verdict.ts';
import type {
  CameraStatus,
  PictureCode,
  PictureFile,
  WedgeTrouble,
} from '../../../ports/code-reader.ts';
import type { TemperatureRule } from '../trust/trust-state.ts';

/** The verdict on screen. Its log entry is on disk already. */
export interface Card {
  /** Grows by one per card, so that a repeat of the same verdict still counts as new. */
  readonly id: number;
  readonly verdict: Verdict;
  readonly at: EpochMillis;
  /** Seq of its log entry; none where the log could not be written. */
  readonly seq?: number;
  /** How the venue wants the temperature taken, with `temperature-needed`. */
  readonly temperature?: TemperatureRule;
  /** People who came along, as the guard counted them. */
  readonly companions?: number;
  /** A held pass card does not return by itself. */
  readonly held: boolean;
}

/** A verdict told at a glance while the camera goes on: rapid passes and repeats, people registered by hand. */
export interface Flash {
  /** Grows by one per flash. */
  readonly id: number;
  /** `check`: in rapid mode, a code that was here before. */
  readonly state: 'pass' | 'check' | 'stop';
  readonly by: 'scan' | 'hand';
  /** With `check`: seconds since it was here. */
  readonly agoS?: number;
}

/** One of several codes on a picture, before it is verified: where it is and what it claims to be. */
export interface ChoiceCode extends Pick<PictureCode, 'corners'> {
  readonly what: 'pass' | NotAPass;
}

/**
 * `busy`: it is read. `none`: opened, and no code on it. `no-shift`: there is one, and nobody on
 * shift to judge it. `card-first`: not read, a card waited for its tap. Else why it could not be
 * opened or read.
 */
export type PictureAnswer =
  | 'busy'
  | 'none'
  | 'no-shift'
  | 'card-first'
  | Extract<FaultCode, 'picture-unreadable' | 'picture-too-large' | 'decoder-failed'>;

export type Counts = Readonly<Record<VerdictState, number>>;
export const noCounts: Counts = { pass: 0, check: 0, stop: 0, unknown: 0 };
export const nobodyByHand: ByHand = { admitted: 0, refused: 0 };

/** What scanning shows. */
export interface ScanSlice {
  /** This shift's scans by their final state. */
  readonly counts: Counts;
  /** This shift's people registered by hand, who are in none of `counts`. */
  readonly byHand: ByHand;
  /** This shift's entries, newest first, at most 100; the rest is in the log. */
  readonly recent: readonly LogEntry[];
  readonly camera: CameraStatus;
  readonly card?: Card;
  readonly flash?: Flash;
  /** What became of the last picture; absent when it led to a card, a choice or an enrolment. */
  readonly picture?: PictureAnswer;
  /** A picture with several codes waits for the guard to choose one. */
  readonly choice?: { readonly picture: PictureFile; readonly codes: readonly ChoiceCode[] };
  /** A hardware scanner is there and set up wrongly; until its next good text. */
  readonly wedgeTrouble?: WedgeTrouble;
}
export const nothingScanned: ScanSlice = {
  counts: noCounts,
  byHand: nobodyByHand,
  recent: [],
  camera: { kind: 'off' },
};
