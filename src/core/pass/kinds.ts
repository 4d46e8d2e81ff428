import type { IssuerTyp } from '../trust/bundle.ts';

/** The kinds of pass there are. A new one is a name here and a row in `kinds`. */
export type PassKind = 'live' | 'credential' | 'paper';

/** What tells one kind of pass from another: every step of verification reads it here. */
export interface KindFacts {
  /** What the issuer signs it as and its key must be allowed to; a JWT's header adds `+jwt`. */
  readonly typ: IssuerTyp;
  /** Whether it comes as a JWT too. */
  readonly jwt: boolean;
  /** Whose stamp says that it is shown now; `holder`: it comes with a second signature by the holder's key. */
  readonly freshBy: 'issuer' | 'holder' | 'nobody';
  /** The limit on `exp − iat`, by its name in the bundle and in `limits`. */
  readonly longest: 'liveS' | 'credentialS' | 'paperS';
  /** It goes on although the status list is older than allowed: its issuer has just stamped it. */
  readonly outlivesOldList: boolean;
  /** The best state it can reach at any venue. */
  readonly best: 'pass' | 'check';
  /** Its id and age may be logged; a code that is the same for months would follow its holder. */
  readonly logsId: boolean;
  /** The guard holds the person to an ID document. */
  readonly asksId: boolean;
}

/** Protocol 1.2, one row a kind. */
export const kinds = {
  live: {
    typ: 'kp',
    jwt: true,
    freshBy: 'issuer',
    longest: 'liveS',
    outlivesOldList: true,
    best: 'pass',
    logsId: true,
    asksId: false,
  },
  credential: {
    typ: 'kc',
    jwt: false,
    freshBy: 'holder',
    longest: 'credentialS',
    outlivesOldList: false,
    best: 'pass',
    logsId: true,
    asksId: false,
  },
  paper: {
    typ: 'kd',
    jwt: true,
    freshBy: 'nobody',
    longest: 'paperS',
    outlivesOldList: false,
    best: 'check',
    logsId: false,
    asksId: true,
  },
} as const satisfies Record<PassKind, KindFacts>;

export const kindNames = Object.keys(kinds) as [PassKind, ...PassKind[]];

/** `typ` of a holder's stamp on a credential: protocol 1.1. */
export const stampTyp = 'ks';

/**
 * The row of a kind. Of one that has no row, or not all of it, nothing is known: every reader must
 * take a missing fact as the stricter answer, and the compiler makes it say so.
 */
export const factsOf = (kind: PassKind): Partial<KindFacts> =>
  Object.hasOwn(kinds, kind) ? kinds[kind] : {};

const byTyp = new Map<string, PassKind>(kindNames.map((kind) => [kinds[kind].typ, kind]));

/** The kind an issuer signs as `typ` (without `+jwt`). */
export const kindOfTyp = (typ: string): PassKind | undefined => byTyp.get(typ);
