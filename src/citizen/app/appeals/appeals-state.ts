import { type ReasonClass, reasonClasses } from '../../../core/health/colour-rules.ts';
import type { Refusal } from '../../../ports/ask-json.ts';
import type { Appeal } from '../answers.ts';

/** Characters an appeal may have. */
export const mostAppealText = 2000;

/** An appeal as it is written, in memory alone. */
export interface AppealForm {
  readonly class: ReasonClass | '';
  readonly text: string;
}

export interface AppealProblems {
  readonly class?: 'missing';
  readonly text?: 'missing' | 'long';
}

export function appealProblems({ class: reason, text }: AppealForm): AppealProblems {
  const length = text.trim().length;
  const wrong = length === 0 ? 'missing' : length > mostAppealText ? 'long' : undefined;
  return { ...(reason === '' && { class: 'missing' }), ...(wrong && { text: wrong }) };
}

export interface AppealsState {
  /** Mine, the newest first; absent until they have come. */
  readonly appeals: readonly Appeal[] | undefined;
  readonly form: AppealForm;
  readonly problems: AppealProblems;
  readonly looked: number;
  readonly loading: boolean;
  readonly sending: boolean;
  /** Why the list did not come; why the appeal was not taken. */
  readonly refusal: Refusal | undefined;
  readonly refused: Refusal | undefined;
  readonly isDone: boolean;
}

export const emptyAppeal: AppealForm = { class: '', text: '' };
export const noAppeals: AppealsState = {
  ...{ appeals: undefined, form: emptyAppeal, problems: {}, looked: 0, loading: false },
  ...{ sending: false, refusal: undefined, refused: undefined, isDone: false },
};

/** The one that waits for its answer. */
export const openAppeal = ({ appeals }: AppealsState): Appeal | undefined =>
  appeals?.find(({ outcome }) => outcome === undefined);

export const isReasonClass = (text: string): text is ReasonClass =>
  (reasonClasses as readonly string[]).includes(text);
