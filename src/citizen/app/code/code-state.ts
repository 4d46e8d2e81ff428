import type { EpochMillis, EpochSeconds } from '../../../core/units.ts';
import type { Refusal } from '../../../ports/ask-json.ts';
import type { Self, ShownCode } from '../answers.ts';

/** A code as it is drawn now. */
export interface Drawn {
  readonly text: string;
  /** `live`: made by the server a moment ago; `day`: stamped on this phone. */
  readonly kind: 'live' | 'day';
  readonly iat: EpochSeconds;
  /** From then on no gate takes it. */
  readonly exp: EpochSeconds;
  readonly shown: ShownCode;
}

/**
 * Why this phone can make no code of its own. `none`: there was no network yet to get the day's
 * credential; `over`: it has ended; `changed`: colour or notices are others; `clock`: this phone's
 * clock was set back.
 */
export type DayProblem = 'none' | 'over' | 'changed' | 'clock';

/** Somebody whose code can be shown without a network. */
export interface Kept {
  readonly whose: string;
  readonly name: string;
  readonly number: string;
  readonly exp: EpochSeconds;
  /** Who was signed in when it came, and whose scheme it is of. */
  readonly owner: string;
  readonly issuer?: string;
}

/** A place that was entered: for so long codes are good there alone, protocol 11. */
export interface Bound {
  /** The gate or site. */
  readonly aud: string;
  readonly name: string;
  /** When it was entered. */
  readonly at: EpochSeconds;
  /** Who went in, as in `CodeState.whose`; the others' codes are bound to nothing. */
  readonly whose: readonly string[];
}

/** Seconds after which a place counts as left: a code that is bound is refused everywhere else. */
export const boundS = 3600;

export interface CodeState {
  /** Whose code it is: a relative's id; `''`: of whoever is signed in. */
  readonly whose: string;
  /** The code that this phone makes was chosen, network or not. */
  readonly isOfflineChosen: boolean;
  readonly drawn?: Drawn;
  readonly bound?: Bound;
  /** Why the server made none; the newest question's. */
  readonly refusal?: Refusal;
  readonly dayProblem?: DayProblem;
  /** What the server said of a relative who is shown: reasons, ends, notices. */
  readonly relative?: Self;
  readonly kept: readonly Kept[];
}

export const noCode: CodeState = { whose: '', isOfflineChosen: false, kept: [] };

/** Whether no gate takes it any longer. */
export const isOver = ({ exp }: Drawn, now: EpochMillis): boolean => now >= exp * 1000;

/** What the code of whoever is shown is bound to now. */
export const boundNow = (
  { bound, whose }: CodeState,
  now: EpochMillis | undefined,
): Bound | undefined =>
  bound?.whose.includes(whose) && (now === undefined || now < (bound.at + boundS) * 1000)
    ? bound
    : undefined;
