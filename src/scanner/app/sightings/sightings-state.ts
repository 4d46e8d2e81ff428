import type { Group, ShownTwice } from '../../../core/sightings/sighting.ts';

/** What this phone knows of the other gates of its site. */
export interface SightingsSlice {
  /** The site and its gates by name, as the hub said last; none at a gate of its own. */
  readonly group?: Group;
  /** The hub tells what other gates let in, up to now. */
  readonly hears?: true;
  /** Codes let in here and elsewhere in the site, the newest first: found after a sync. */
  readonly twice?: readonly ShownTwice[];
  /** How many of these the guard has not yet taken note of. */
  readonly twiceNew?: number;
}
