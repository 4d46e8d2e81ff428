/** What the issuing side answers to its desk about places: protocol 11. Times say what they are in. */
import type { GrantedPlace, VenueApplication } from './application.ts';

/** The latest venue code of a place. */
export interface PlaceCode {
  /** Hex of the 16 bytes. */
  readonly id: string;
  /** Epoch seconds, as `exp`. */
  readonly iat: number;
  readonly exp: number;
  /** The link on the poster. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly revokedAt?: number;
  readonly reason?: string;
}

export interface PlaceRow extends GrantedPlace {
  readonly region: string;
  readonly code?: PlaceCode;
}

export interface PlacesFound {
  readonly places: readonly PlaceRow[];
  /** There are more than were told. */
  readonly more: boolean;
}

/** An application that waits; whose it is stays masked. */
export interface WaitingVenue extends VenueApplication {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: { readonly name: string; readonly number?: string };
  /** The place it names has a good code already. */
  readonly taken?: { readonly name: string; readonly code: string; readonly exp: number };
}

export interface VisitsFile {
  readonly name: string;
  /** CSV, with the mark by which spreadsheets know UTF-8. */
  readonly csv: string;
  readonly visits: number;
}

/** Days visits are kept on the issuing side, and how far back an investigation may ask. */
export const visitDays = 21;
/** Days a venue code may live at most, and how long it lives unless it is said. */
export const venueCodeDays = { most: 400, usual: 365 } as const;
/** Days before its end a code is said to run out soon. */
export const soonDays = 30;
