/** What the issuing side answers to its desk: protocol 15. Times are epoch milliseconds, unless they say seconds. */
import type { Role } from '../console/roles.ts';
import type { IssuerEntry } from '../trust/bundle.ts';
import type { ReasonClass, RuleSet } from './colour-rules.ts';
import type { Declaration } from './declaration.ts';
import type { DeskPermission } from './desk-roles.ts';
import type { DocumentType } from './documents.ts';

type Localized = IssuerEntry['name'];

/** Whose desk it is, in the words of its scheme and of the bundle. */
export interface DeskScheme
  extends Pick<IssuerEntry, 'id' | 'name' | 'hotline' | 'states' | 'notices'> {
  /** Names by code. */
  readonly districts: Readonly<Record<string, Localized>>;
}

/** Who is signed in at the desk. */
export interface DeskSelf {
  readonly name: string;
  readonly role: Role | 'citizen';
  readonly permissions: readonly DeskPermission[];
  /** Absent while no bundle is published. */
  readonly scheme?: DeskScheme;
}

/** A state with what made it; null where a rule could not be worked out, or nothing was declared. */
export interface Standing {
  readonly state: string | null;
  readonly notices: readonly string[];
  readonly because: readonly {
    readonly class: ReasonClass;
    readonly rule: string;
    /** Epoch seconds. */
    readonly until?: number;
  }[];
  /** Epoch seconds. */
  readonly until: number | null;
  readonly declaredAt: number | null;
}

/** What a source has said of a person. `at` and `until` are epoch seconds. */
export interface ToldFact {
  readonly source: string;
  readonly id: string;
  readonly kind: string;
  readonly value: string | null;
  readonly district: string | null;
  readonly at: number;
  readonly until: number | null;
  readonly withdrawnAt: number | null;
}

/** Somebody found by their document: masked. */
export interface FoundPerson extends Standing {
  readonly id: string;
  readonly type: DocumentType;
  readonly name: string;
  readonly number: string;
  readonly facts: readonly ToldFact[];
  readonly declarations: readonly (Omit<Declaration, 'phone' | 'address'> & {
    readonly at: number;
  })[];
}

/** An appeal that waits; whose it is stays masked. */
export interface WaitingAppeal {
  readonly id: string;
  readonly at: number;
  readonly class: ReasonClass;
  readonly text: string;
  readonly person: string;
  readonly name: string;
  readonly number: string;
  readonly standing: Standing;
  readonly facts: readonly ToldFact[];
}

/** A page of those that wait, the oldest first; the next begins `?after=AT.ID` of the last. */
export interface WaitingAppeals {
  readonly appeals: readonly WaitingAppeal[];
  /** How many wait, on this page or not. */
  readonly waiting: number;
  readonly more: boolean;
}

/** A code to be printed. `iat` and `exp` are epoch seconds. */
export interface PaperPass {
  readonly text: string;
  readonly iat: number;
  readonly exp: number;
  readonly state: string;
  readonly name: string;
  readonly id: string;
  readonly label?: Localized;
  readonly notices: readonly { readonly code: string; readonly label?: Localized }[];
  readonly issuer: Partial<Pick<IssuerEntry, 'id' | 'name' | 'hotline'>>;
}

/** What became of a file of facts. */
export interface FactsTaken {
  readonly source: string;
  readonly batch: string;
  readonly taken: number;
  readonly duplicates: number;
  readonly withdrawn: number;
  readonly rejected: readonly { readonly line: number; readonly problem: string }[];
  readonly replayed: boolean;
  readonly changed: { readonly persons: number; readonly worse: number; readonly better: number };
}

export interface FactSource {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly ended: boolean;
}

export interface RulesInForce {
  readonly inForce: { readonly version: number; readonly rules: RuleSet } | null;
}

export type Counts = Readonly<Record<string, number>>;

/** What rules would do to everybody; `-` stands for a state that could not be worked out. */
export interface DryRunAnswer {
  readonly persons: number;
  readonly states: Counts;
  /** By `before>after`. */
  readonly changes: Counts;
  readonly rules: Counts;
  readonly failed: Counts;
}

export type DeskRisk = 'low' | 'medium' | 'high';
export interface DistrictRisk {
  readonly code: string;
  readonly risk: DeskRisk;
  /** `YYYY-MM-DD`. */
  readonly since: string;
}

/** Counts; null is fewer than ten. */
export interface DeskFigures {
  readonly persons: number;
  readonly states: Readonly<Record<string, number | null>>;
  readonly districts: readonly {
    readonly district: string;
    readonly state: string;
    readonly count: number | null;
  }[];
  readonly types: Readonly<Record<string, number | null>>;
  readonly openAppeals: number;
}
