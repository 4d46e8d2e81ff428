import * as v from 'valibot';
import { districtCode } from '../health/declaration.ts';
import { isGateId } from '../ids.ts';
import { limits } from '../limits.ts';
import { isClaimText } from '../pass/claim-text.ts';
import { venues } from '../trust/venue-rule.ts';

/** What an operator gives as the reason of a refusal or the like; the person concerned reads it. */
export const reasonBytes = 600;

const line = (bytes: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.normalize('NFC'),
    v.check((text) => isClaimText(text, bytes)),
  );

export const reasonText = line(reasonBytes);

/** A place as a venue code can tell of it: the id is a gate's or a site's, which codes are bound to. */
export const placeId = v.pipe(v.string(), v.check(isGateId));

const said = {
  name: line(limits.placeNameBytes),
  venue: v.picklist(venues),
  district: v.exactOptional(districtCode),
  /** Whom people call who stand before the poster; absent: the scheme's own number. */
  hotline: v.exactOptional(v.pipe(v.string(), v.regex(/^\+?\d[\d -]{1,18}\d$/))),
};

/** What somebody asks for who wants a venue code 场所码 for a place: protocol 11. */
export const venueApplication = v.strictObject({
  ...said,
  /** Where it is known already: the desk gives one else. */
  place: v.exactOptional(placeId),
});
export type VenueApplication = v.InferOutput<typeof venueApplication>;

/** The place as the desk has looked at it and grants it. */
export const grantedPlace = v.strictObject({ ...said, place: placeId });
export type GrantedPlace = v.InferOutput<typeof grantedPlace>;

export const applicationStates = ['asked', 'granted', 'refused'] as const;
export type ApplicationState = (typeof applicationStates)[number];

/** An application as its citizen sees it: protocol 11. */
export interface OwnApplication extends VenueApplication {
  readonly id: string;
  /** Epoch milliseconds, as `decidedAt`. */
  readonly at: number;
  readonly state: ApplicationState;
  readonly decidedAt?: number;
  /** Of a refusal. */
  readonly reason?: string;
  /** The code it was granted; what its poster tells only while it is good. */
  readonly code?: {
    readonly state: 'valid' | 'expired' | 'revoked';
    /** Epoch seconds. */
    readonly exp: number;
    readonly text?: string;
    /** The place as the desk has granted it: the poster's name is the code's. */
    readonly place?: Pick<GrantedPlace, 'place' | 'name' | 'hotline'>;
  };
}
