import type { VenueTrouble } from '../../../core/place/check-venue-code.ts';
import type { VenueCode } from '../../../core/place/venue-code.ts';
import type { VisitRefusal } from '../../../core/place/visit.ts';
import type { Refusal } from '../../../ports/ask-json.ts';
import type { SeenVisit } from '../answers.ts';
import type { Queued } from './visit-store.ts';

/**
 * Why nobody goes in by a code. `other-host`: a genuine code of ours under a link that leads elsewhere;
 * `cut`: an app on the way has dropped what followed the `#`.
 */
export type NoEntry = VenueTrouble | 'not-a-poster' | 'other-host' | 'cut';

/** What was held before the camera, or came by a link. */
export type Found =
  | {
      readonly isGood: true;
      readonly code: VenueCode;
      readonly fragment: string;
      /** Its link leads to another scheme's host: said, never opened. */
      readonly otherHost?: string;
    }
  | {
      readonly isGood: false;
      readonly why: NoEntry;
      /** Where its link leads, when that is not here. */
      readonly otherHost?: string;
      /** By its issuer's word alone. */
      readonly name?: string;
    };

/** A visit that will never be taken, and why. */
export interface RefusedVisit {
  readonly place: string;
  readonly at: number;
  readonly why: VisitRefusal | 'other';
}

export interface VisitsState {
  readonly found: Found | undefined;
  readonly looking: boolean;
  /** Relatives who go in too, by id. */
  readonly along: readonly string[];
  readonly entering: boolean;
  /** The phone could not keep the visit, so nobody went in by it. */
  readonly isNotKept: boolean;
  /** A poster's link waits until somebody is signed in. */
  readonly hasLink: boolean;
  /** Kept on this phone until the server has answered. */
  readonly waiting: readonly Queued[];
  readonly refused: readonly RefusedVisit[];
  /** Relatives of the last answers for whom nothing was written down. */
  readonly leftOut: number;
  /** What the server says of the last 21 days, the newest first; absent until it came. */
  readonly seen: readonly SeenVisit[] | undefined;
  readonly loading: boolean;
  readonly refusal: Refusal | undefined;
}

export const noVisits: VisitsState = {
  ...{ found: undefined, looking: false, along: [], entering: false, isNotKept: false },
  ...{ hasLink: false, waiting: [], refused: [], leftOut: 0 },
  ...{ seen: undefined, loading: false, refusal: undefined },
};
