import type { Refusal } from '../../../ports/ask-json.ts';
import type { Consent } from '../answers.ts';
import { type ChildForm, type ChildProblems, emptyChild } from './relatives-form.ts';

/** What one is about to do with relatives; typed numbers and names are in memory alone. */
export type FamilyAct = 'child' | 'adult' | 'make' | 'remove';

export interface FamilyState {
  readonly child: ChildForm;
  readonly childProblems: ChildProblems;
  /** A consent code as typed. */
  readonly typed: string;
  readonly isTypedWrong: boolean;
  readonly busy: FamilyAct | undefined;
  /** What was not done, and why; until the next is tried. */
  readonly refused: { readonly act: FamilyAct; readonly why: Refusal } | undefined;
  /** A code of mine, to be told to one relative. */
  readonly made: Consent | undefined;
  /** The last one that was made is over. */
  readonly isMadeOver: boolean;
  /** What was done last, of whom: a masked name. */
  readonly did: { readonly act: 'added' | 'removed'; readonly name: string } | undefined;
}

export const noFamilyAct: FamilyState = {
  ...{ child: emptyChild, childProblems: {}, typed: '', isTypedWrong: false },
  ...{ busy: undefined, refused: undefined, made: undefined, isMadeOver: false, did: undefined },
};
