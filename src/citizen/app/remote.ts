import type { ReasonClass } from '../../core/health/colour-rules.ts';
import type { Declaration } from '../../core/health/declaration.ts';
import type { DocumentType } from '../../core/health/documents.ts';
import type { OwnApplication, VenueApplication } from '../../core/place/application.ts';
import type { Visit, VisitAnswer } from '../../core/place/visit.ts';
import type { Answer, AskJson, Method } from '../../ports/ask-json.ts';
import type {
  Appeal,
  Consent,
  DayCode,
  Declared,
  LiveCode,
  NamedDistrict,
  Relatives,
  SeenVisit,
  Self,
} from './answers.ts';

/** A child as a guardian names it: whole, once, on its way to the server. */
export interface ChildNamed {
  readonly type: DocumentType;
  readonly number: string;
  readonly name: string;
}

/**
 * Everything a citizen's page asks of the issuing side, each question once: docs/authority.md.
 * `relative`: whom it is about, by id; left out, oneself.
 */
export interface Remote {
  me(relative?: string): Promise<Answer<Self>>;
  districts(): Promise<Answer<{ readonly districts: readonly NamedDistrict[] }>>;
  declarations(relative?: string): Promise<Answer<{ readonly declarations: readonly Declared[] }>>;
  declare(
    declaration: Declaration,
    relative?: string,
  ): Promise<Answer<{ readonly left: number; readonly hint?: 'seen-elsewhere' }>>;
  /** `aud`: the gate or site it is to be good at alone. */
  liveCode(relative?: string, aud?: string): Promise<Answer<LiveCode>>;
  /** `proof`: a `kakou-day+jwt` (core/health/day-proof). */
  dayCode(proof: string): Promise<Answer<DayCode>>;
  relatives(): Promise<Answer<Relatives>>;
  addChild(child: ChildNamed): Promise<Answer<{ readonly id: string }>>;
  addByConsent(consent: string): Promise<Answer<{ readonly id: string }>>;
  /** A code by which another adult may show mine. */
  makeConsent(): Promise<Answer<Consent>>;
  dropRelative(id: string): Promise<Answer<object>>;
  appeals(): Promise<Answer<{ readonly appeals: readonly Appeal[] }>>;
  appeal(reason: ReasonClass, text: string): Promise<Answer<{ readonly id: string }>>;
  /** Brings visits; one answer each. */
  visits(visits: readonly Visit[]): Promise<Answer<{ readonly visits: readonly VisitAnswer[] }>>;
  visited(): Promise<Answer<{ readonly visits: readonly SeenVisit[] }>>;
  venueApplications(): Promise<Answer<{ readonly applications: readonly OwnApplication[] }>>;
  applyForVenue(venue: VenueApplication): Promise<Answer<object>>;
  signOut(): Promise<Answer<object>>;
}

/** `signedOut` is told when an answer says that nobody is signed in any longer. */
export function createRemote(askJson: AskJson, signedOut: () => void): Remote {
  async function ask<T>(method: Method, path: string, body?: object | string): Promise<Answer<T>> {
    const answer = await askJson<T>(method, `/authority/api${path}`, body);
    if (!answer.ok && answer.error.code === 'sign-in-needed') signedOut();
    return answer;
  }
  const of = (relative: string | undefined) =>
    relative === undefined ? '' : `?relative=${encodeURIComponent(relative)}`;
  const whose = (relative: string | undefined) => (relative === undefined ? {} : { relative });
  return {
    me: (relative) => ask('GET', `/me${of(relative)}`),
    districts: () => ask('GET', '/districts'),
    declarations: (relative) => ask('GET', `/declarations${of(relative)}`),
    declare: (declaration, relative) =>
      ask('POST', '/declarations', { declaration, ...whose(relative) }),
    liveCode: (relative, aud) =>
      ask('POST', '/codes/live', { ...whose(relative), ...(aud !== undefined && { aud }) }),
    dayCode: (proof) => ask('POST', '/codes/day', proof),
    relatives: () => ask('GET', '/relatives'),
    addChild: (child) => ask('POST', '/relatives', { child }),
    addByConsent: (consent) => ask('POST', '/relatives', { consent }),
    makeConsent: () => ask('POST', '/relatives/consent', {}),
    dropRelative: (id) => ask('DELETE', `/relatives/${encodeURIComponent(id)}`),
    appeals: () => ask('GET', '/appeals'),
    appeal: (reason, text) => ask('POST', '/appeals', { class: reason, text }),
    visits: (visits) => ask('POST', '/visits', { visits }),
    visited: () => ask('GET', '/visits'),
    venueApplications: () => ask('GET', '/venue-applications'),
    applyForVenue: (venue) => ask('POST', '/venue-applications', venue),
    signOut: () => ask('DELETE', '/session'),
  };
}
