import type { FaultCode } from '../../../core/fault.ts';
import type { LogEntry } from '../../../core/log/entry.ts';
import type { Outcome } from '../../../core/log/outcome.ts';
import type { Outcomes, ShiftSummary, ShiftTally } from '../../../core/log/shift-summary.ts';
import type { LocalizedText, NotAPass } from '../../../core/terms.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Verdict, VerdictState } from '../../../core/verify/verdict.ts';
import type {
  CameraStatus,
  PictureCode,
  PictureFile,
  WedgeTrouble,
} from '../../../ports/code-reader.ts';
import type { Gate } from '../stores.ts';
import type { TemperatureRule } from '../trust/trust-state.ts';
import type { Poster } from './shown/poster.ts';

/** The verdict on screen. Its log entry is on disk already. One that is no pass waits for its outcome: `needsOutcome`. */
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
  /** The guard lets the person in, but for this: nothing is written yet. */
  readonly step?: 'temperature';
  /** Another code came while this card waited; it was not judged. */
  readonly cardFirst?: true;
  /** How it ended is written already, by a kiosk: it may go by itself. */
  readonly isSaid?: true;
  /** What the poster is that was held up in place of a pass; soon after the card. */
  readonly poster?: Poster;
  /** The person was on the way out. */
  readonly dir?: 'out';
  /** Only looked at: nobody is let in by it, and nobody says how it ended. */
  readonly look?: true;
}

/** Why an outcome cannot be said anew: it is too late, not for this role, or about nobody this phone remembers. */
export type WordRefused = 'too-late' | 'supervisor-only' | 'nobody';

/** A card that ends only by somebody's word. One that is not in the log has nothing to be said of. */
export const needsOutcome = ({ seq, look, isSaid, verdict: { state } }: Card): boolean =>
  seq !== undefined && !look && !isSaid && (state === 'check' || state === 'unknown');

/** Told at a glance while the camera goes on. */
export type Flash = { /** Grows by one per flash. */ readonly id: number } & Flashed;
export type Flashed =
  /** A rapid pass. */
  | { readonly by: 'scan'; readonly state: 'pass'; readonly left?: true }
  /** How somebody registered by hand ended. */
  | { readonly by: 'hand'; readonly state: 'pass' | 'stop'; readonly left?: true }
  /** How a card ended, and the seq of the entry that began it. */
  | {
      readonly by: 'outcome';
      readonly outcome: Outcome;
      readonly line: number;
      readonly left?: true;
    };

/** Do people stream through this gate, so that rapid mode is offered there? */
export const isStream = (gate: Gate | undefined): boolean =>
  gate?.venue === 'transit' || gate?.venue === 'station';

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
export const nobody: Outcomes = { admitted: 0, refused: 0, notRecorded: 0 };
export const nobodyLeft: ShiftSummary['left'] = { ...nobody, companions: 0 };

/** The numbers of one shift, entry by entry. */
export interface RunningTally extends ShiftTally {
  readonly shift: string;
}

/** What scanning shows. */
export interface ScanSlice {
  /** This shift's people by the final verdict of their code, without those in `byHand`. */
  readonly counts: Counts;
  /** This shift's people entered by hand, also after a code; all of `counts` and `byHand` is everybody. */
  readonly byHand: Outcomes;
  /** Everybody of this shift by how it ended. */
  readonly outcomes: Outcomes;
  /** Who left, and what was looked at only. */
  readonly left: ShiftSummary['left'];
  readonly looks: number;
  /** What those above are read from: grows with each entry, never shown itself. */
  readonly tally?: RunningTally;
  /** This shift's entries, newest first, at most 100; the rest is in the log. */
  readonly recent: readonly LogEntry[];
  /** By seq of a scan among `recent`: the gates its code is for. In memory only. */
  readonly boundTo?: Readonly<Record<number, readonly LocalizedText[]>>;
  readonly camera: CameraStatus;
  readonly card?: Card;
  readonly flash?: Flash;
  /** What became of the last picture; absent when it led to a card, a choice or an enrolment. */
  readonly picture?: PictureAnswer;
  /** What became of the last correction of an outcome. */
  readonly correction?: 'done' | WordRefused;
  /** A picture with several codes waits for the guard to choose one. */
  readonly choice?: { readonly picture: PictureFile; readonly codes: readonly ChoiceCode[] };
  /** A hardware scanner is there and set up wrongly; until its next good text. */
  readonly wedgeTrouble?: WedgeTrouble;
}
export const nothingScanned: ScanSlice = {
  counts: noCounts,
  byHand: nobody,
  outcomes: nobody,
  left: nobodyLeft,
  looks: 0,
  recent: [],
  camera: { kind: 'off' },
};
