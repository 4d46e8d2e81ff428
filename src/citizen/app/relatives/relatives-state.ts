import type { Refusal } from '../../../ports/ask-json.ts';
import type { Relatives } from '../answers.ts';

/** Whom I may show, and who may show me. */
export interface RelativesState extends Partial<Relatives> {
  /** Why the last question was not answered; what was known before stays. */
  readonly refusal?: Refusal;
}
