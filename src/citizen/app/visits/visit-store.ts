import type { Visit } from '../../../core/place/visit.ts';
import type { TrustFiles, TrustMarks } from '../../../core/trust/accept.ts';
import type { EpochMillis } from '../../../core/units.ts';

/** A visit that the server has not answered yet. */
export interface Queued extends Visit {
  /** Who was signed in: it is sent for nobody else. */
  readonly owner: string;
  /** The place's name, shown while it waits. */
  readonly place: string;
}

/** What a poster's link brought, before anybody is signed in. */
export interface ArrivedLink {
  readonly fragment: string;
  /** By the phone's clock. */
  readonly at: EpochMillis;
}

/** Trust files as they were accepted last. */
export type KeptTrust = Omit<TrustFiles, 'pinnedRoot'> & {
  readonly marks: TrustMarks;
  /** By the server's time: when they were the newest. */
  readonly at?: EpochMillis;
};

/** What checking in keeps on the phone. It outlives the session: a visit is not lost by signing out. */
export interface VisitStore {
  add(visit: Queued): Promise<void>;
  list(): Promise<readonly Queued[]>;
  drop(ids: readonly string[]): Promise<void>;
  readLink(): Promise<ArrivedLink | undefined>;
  /** Undefined: there is none any longer. */
  keepLink(link: ArrivedLink | undefined): Promise<void>;
}

/** Apart, because it is asked for with the code that checks posters. */
export interface TrustKept {
  read(): Promise<KeptTrust | undefined>;
  keep(trust: KeptTrust): Promise<void>;
}
