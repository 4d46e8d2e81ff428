import type { ReasonClass } from '../../core/health/colour-rules.ts';
import type { Declaration } from '../../core/health/declaration.ts';
import type { DocumentType } from '../../core/health/documents.ts';
import type { Colour, Level, LocalizedText } from '../../core/terms.ts';
import type { EpochMillis, EpochSeconds } from '../../core/units.ts';

/** What the issuing side answers a citizen's page: docs/authority.md. */
export interface Issuer {
  readonly id: string;
  readonly name: LocalizedText;
  readonly hotline: string;
}

/** A notice of the scheme, 提示; without words where the scheme has forgotten it. */
export interface Notice {
  readonly code: string;
  readonly label?: LocalizedText;
}

/** How a state looks and what it is called. */
export interface ShownState {
  readonly colour: Colour;
  readonly level: Level;
  readonly label: LocalizedText;
}

/** Why a state is what it is: a class, the rule's words, and when it ends by itself. */
export interface Reason {
  readonly class: ReasonClass;
  readonly label?: LocalizedText;
  readonly until?: EpochSeconds;
}

/** Where somebody lives, as they declared it; name and risk where the scheme knows the district. */
export interface District {
  readonly code: string;
  readonly name?: LocalizedText;
  readonly risk?: 'low' | 'medium' | 'high';
}

/** `GET api/me`: of oneself, or of a relative. */
export interface Self {
  readonly id: string;
  readonly type: DocumentType;
  /** Masked, as a guard sees them. */
  readonly name: string;
  readonly number: string;
  readonly state: string | null;
  readonly until: EpochSeconds | null;
  readonly code: 'ready' | 'declare-first' | 'state-unknown';
  /** Left out of a grown relative's: it is not ours to know. */
  readonly because?: readonly Reason[];
  /** The district of the declaration that counts; left out like the reasons, null before the first. */
  readonly district?: District | null;
  readonly shown?: ShownState;
  readonly notices: readonly Notice[];
  readonly declaredAt: EpochMillis | null;
  readonly declarationsLeft: number;
  readonly issuer?: Issuer & { readonly state: 'active' | 'retired' | 'suspended' };
  /** The server's clock when it answered. */
  readonly now: EpochMillis;
}

/** What is said beside a code, live or for the day. */
export interface ShownCode extends Partial<ShownState> {
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
  readonly state: string;
  readonly name: string;
  readonly id: string;
  readonly notices: readonly Notice[];
  readonly issuer: Partial<Issuer>;
  readonly now: EpochMillis;
}

/** `POST api/codes/live`. */
export interface LiveCode extends ShownCode {
  readonly text: string;
  /** Seconds until the next is to be asked for. */
  readonly nextS: number;
}

/** `POST api/codes/day`. */
export interface DayCode extends ShownCode {
  /** Bytes in base64url, for stamps by the key that asked. */
  readonly credential: string;
}

export interface Relative {
  readonly id: string;
  readonly kind: 'child' | 'adult';
  readonly addedAt: EpochMillis;
  readonly name: string;
  readonly number: string;
}

/** Somebody who may show mine. */
export type Holder = Omit<Relative, 'number'>;

/** `GET api/relatives`. */
export interface Relatives {
  readonly relatives: readonly Relative[];
  readonly shownBy: readonly Holder[];
}

/** `POST api/relatives/consent`: a code by which somebody may show mine, good once until `exp`. */
export interface Consent {
  readonly code: string;
  readonly exp: EpochSeconds;
  /** The server's clock when it made it. */
  readonly now: EpochMillis;
}

export interface Appeal {
  readonly id: string;
  readonly at: EpochMillis;
  readonly class: ReasonClass;
  readonly text: string;
  readonly answer?: string;
  readonly outcome?: 'upheld' | 'rejected';
  readonly answeredAt?: EpochMillis;
}

/** `GET api/visits`: somewhere one has been in the last 21 days. */
export interface SeenVisit {
  readonly id: string;
  readonly place: string;
  readonly at: EpochSeconds;
  /** How many relatives came along. */
  readonly with: number;
}

/** A district a declaration can name. */
export interface NamedDistrict {
  readonly code: string;
  readonly name: LocalizedText;
}

/** A declaration of the last 14 days. */
export type Declared = Declaration & { readonly at: EpochMillis };
