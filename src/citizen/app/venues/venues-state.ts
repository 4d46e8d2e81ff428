import type { OwnApplication } from '../../../core/place/application.ts';
import type { Venue } from '../../../core/trust/venue-rule.ts';
import type { Refusal } from '../../../ports/ask-json.ts';

/** An application as it is filled in, in memory alone. */
export interface VenueForm {
  readonly name: string;
  readonly venue: Venue | '';
  readonly district: string;
  readonly gate: string;
}
export const emptyVenue: VenueForm = { name: '', venue: '', district: '', gate: '' };

export interface VenueProblems {
  readonly name?: 'missing' | 'long' | 'unseen';
  readonly venue?: 'missing';
  readonly district?: 'missing' | 'shape';
  readonly gate?: 'shape';
}

export interface VenuesState {
  /** Mine, the newest first; absent until they have come. */
  readonly applications: readonly OwnApplication[] | undefined;
  readonly form: VenueForm;
  readonly problems: VenueProblems;
  readonly looked: number;
  readonly loading: boolean;
  readonly sending: boolean;
  /** Why the list did not come; why the application was not taken. */
  readonly refusal: Refusal | undefined;
  readonly refused: Refusal | undefined;
  readonly isDone: boolean;
}

export const noVenues: VenuesState = {
  ...{ applications: undefined, form: emptyVenue, problems: {}, looked: 0, loading: false },
  ...{ sending: false, refusal: undefined, refused: undefined, isDone: false },
};
