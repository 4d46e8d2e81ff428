import { fromBase64url, toBase64url } from '../base64url.ts';
import { isGateId, isIssuerId } from '../ids.ts';
import { limits } from '../limits.ts';
import { isClaimText } from '../pass/claim-text.ts';
import { type CoseSign1, kidText, parseCoseSign1 } from '../pass/cose.ts';
import { type Venue, venues } from '../trust/venue-rule.ts';
import { type EpochSeconds, epochSeconds } from '../units.ts';

/** `typ` of a venue code: protocol 11. Only a key that has it may sign one. */
export const venueTyp = 'kv';

/** A place's poster code 场所码, read strictly: protocol 11. Nothing of it is believed before `checkVenueCode`. */
export interface VenueCode {
  readonly iss: string;
  readonly iat: EpochSeconds;
  readonly exp: EpochSeconds;
  /** base64url of 16 random bytes: what a visit names, and what a new code of the place takes out of use. */
  readonly id: string;
  /** Gate or site that a code shown for this place is bound to (`aud`). */
  readonly place: string;
  readonly name: string;
  /** Left out where this version does not know the word. */
  readonly venue?: Venue;
  readonly region?: string;
  readonly district?: string;
  /** Status list index of the issuer. */
  readonly index: number;
}

export interface ParsedVenueCode {
  readonly code: VenueCode;
  readonly kid: string;
  readonly sign1: CoseSign1;
  /** Where the poster's link leads. No signature covers it: whoever looks at a poster is shown it. */
  readonly host: string;
}

const link = /^https:\/\/([a-z0-9.-]{1,253}(?::\d{1,5})?)\/v#([A-Za-z0-9_-]+)$/;

/** Whether a text is, or means to be, the link of a venue code. */
export const isVenueLink = (text: string): boolean => /^https?:\/\/[^/?#]+\/v#/i.test(text);

/** The link for what stands after its `#`. */
export const venueLink = (host: string, fragment: string): string =>
  `https://${host}/v#${fragment}`;

/** What a poster says, without where its link leads: what a phone keeps, and sends with a visit. */
export const venueFragment = (text: string): string => text.replace(/^[^#]*#/, '');

export const venueLabels = { iss: 1, exp: 4, iat: 6, cti: 7, place: -70002 } as const;
export const placeLabels = { id: 1, name: 2, venue: 3, region: 4, district: 5, index: 6 } as const;
/** Bytes of a venue code's id. */
export const venueIdBytes = 16;
/** Shorter than in a trust file nowhere: a code of a district is one of the bundle's. */
const districtChars = 16;

/**
 * Reads the link on a poster: an https link to `HOST/v#` and base64url of a COSE_Sign1 in its one spelling.
 * Undefined for anything else; never throws.
 */
export function parseVenueCode(text: string): ParsedVenueCode | undefined {
  if (text.length > limits.textChars) return undefined;
  const [, host, fragment] = link.exec(text) ?? [];
  const bytes = fragment === undefined ? undefined : fromBase64url(fragment);
  const sign1 = bytes && parseCoseSign1(bytes);
  if (host === undefined || sign1?.typ !== venueTyp) return undefined;
  const kid = kidText(sign1.kid);
  const code = claimsOf(sign1.payload);
  return kid === undefined || !code ? undefined : { code, kid, sign1, host };
}

function claimsOf(payload: ReadonlyMap<unknown, unknown>): VenueCode | undefined {
  const facts = payload.get(venueLabels.place);
  const cti = payload.get(venueLabels.cti);
  if (!(facts instanceof Map) || !(cti instanceof Uint8Array) || cti.length !== venueIdBytes)
    return undefined;
  const iss = payload.get(venueLabels.iss);
  const iat = time(payload.get(venueLabels.iat));
  const exp = time(payload.get(venueLabels.exp));
  const place: unknown = facts.get(placeLabels.id);
  const name: unknown = facts.get(placeLabels.name);
  const index = time(facts.get(placeLabels.index));
  const region: unknown = facts.get(placeLabels.region);
  const district: unknown = facts.get(placeLabels.district);
  const venue: unknown = facts.get(placeLabels.venue);
  if (typeof iss !== 'string' || !isIssuerId(iss)) return undefined;
  if (typeof place !== 'string' || !isGateId(place)) return undefined;
  if (typeof name !== 'string' || !isClaimText(name, limits.placeNameBytes)) return undefined;
  if (iat === undefined || exp === undefined || index === undefined) return undefined;
  if (region !== undefined && (typeof region !== 'string' || !isIssuerId(region))) return undefined;
  if (district !== undefined && !isShort(district)) return undefined;
  const known = venues.find((one) => one === venue);
  if (venue !== undefined && typeof venue !== 'string') return undefined;
  return {
    ...{ iss, iat: epochSeconds(iat), exp: epochSeconds(exp), id: toBase64url(cti) },
    ...{ place, name, index },
    ...(known && { venue: known }),
    ...(region !== undefined && { region }),
    ...(district !== undefined && { district }),
  };
}

const isShort = (value: unknown): value is string =>
  typeof value === 'string' && isGateId(value) && value.length <= districtChars;

/** The last second of the year 9999: a larger number is no time, and no index of a list. */
const latest = 253_402_300_799;

const time = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= latest
    ? value
    : undefined;
