import type { EpochMillis } from '../../../core/units.ts';
import type { Refusal } from '../../../ports/ask-json.ts';
import type { Declared, NamedDistrict } from '../answers.ts';
import { type DeclarationForm, emptyForm, type FormProblems } from './form.ts';

/** What is known of whom a declaration is about. */
export interface AboutWhose {
  /** Masked. */
  readonly name: string;
  /** Declarations left today. */
  readonly left: number;
  /** The server's clock when it said so. */
  readonly now: EpochMillis;
  readonly isFirst: boolean;
  /** What they declared may be seen here: one's own, and a child's. */
  readonly seesAll: boolean;
  /** The newest that came in, where it may be seen. */
  readonly last: Declared | undefined;
}

/** How the last one sent ended well. */
export interface Done {
  readonly left: number;
  readonly hint?: 'seen-elsewhere';
  /** The try before had come in already. */
  readonly hadArrived?: true;
}

/** The declaration that is being made. All of it is in memory alone: it holds an address. */
export interface DeclareState {
  /** A relative by id; undefined: the person who is signed in. */
  readonly whose: string | undefined;
  /** Absent until it has come. */
  readonly about: AboutWhose | undefined;
  readonly districts: readonly NamedDistrict[] | undefined;
  /** As the form begins. */
  readonly begun: DeclarationForm;
  /** What was filled in and not sent, by whose it is. */
  readonly drafts: ReadonlyMap<string | undefined, DeclarationForm>;
  readonly step: 'form' | 'review' | 'done';
  readonly problems: FormProblems;
  /** Counts how often the form was found wrong: the page goes to the first wrong field each time. */
  readonly looked: number;
  readonly loading: boolean;
  readonly sending: boolean;
  /**
   * One went out and no answer came, so it may have come in: when the newest before it did, 0 for none.
   */
  readonly doubtSince: number | undefined;
  readonly refusal: Refusal | undefined;
  readonly done: Done | undefined;
}

export const notDeclaring: DeclareState = {
  ...{ whose: undefined, about: undefined, districts: undefined, begun: emptyForm },
  ...{ drafts: new Map(), step: 'form', problems: {}, looked: 0, loading: false, sending: false },
  ...{ doubtSince: undefined, refusal: undefined, done: undefined },
};

/** The form as it stands now. */
export const formOf = ({ drafts, whose, begun }: DeclareState): DeclarationForm =>
  drafts.get(whose) ?? begun;

/** What was declared in 14 days, 打卡记录. */
export interface RecordState {
  readonly whose: string | undefined;
  readonly declarations: readonly Declared[] | undefined;
  readonly loading: boolean;
  readonly refusal: Refusal | undefined;
}

export const noRecord: RecordState = {
  ...{ whose: undefined, declarations: undefined, loading: false, refusal: undefined },
};
