/** Makes venue codes (protocol 11). WebCrypto only: runs in a browser page as well as in Node. */
import { fromBase64url, toBase64url } from '../base64url.ts';
import { Fault } from '../fault.ts';
import { integerMap, signSign1 } from '../pass/cose-sign.ts';
import type { Signer } from '../signer.ts';
import {
  parseVenueCode,
  placeLabels,
  type VenueCode,
  venueLabels,
  venueLink,
  venueTyp,
} from './venue-code.ts';

/**
 * The link for a poster, for the place `code` tells of: `/v#…` at that host. What follows the `#` never
 * leaves the phone that opens it. Throws `config-invalid` where a reader would find it malformed.
 */
export async function mintVenueCode(
  code: VenueCode,
  host: string,
  signer: Signer,
): Promise<string> {
  const facts = integerMap({
    [placeLabels.id]: code.place,
    [placeLabels.name]: code.name,
    [placeLabels.venue]: code.venue,
    [placeLabels.region]: code.region,
    [placeLabels.district]: code.district,
    [placeLabels.index]: code.index,
  });
  const claims = integerMap({
    [venueLabels.iss]: code.iss,
    [venueLabels.exp]: code.exp,
    [venueLabels.iat]: code.iat,
    [venueLabels.cti]: fromBase64url(code.id),
    [venueLabels.place]: facts,
  });
  const text = venueLink(host, toBase64url(await signSign1(venueTyp, claims, signer)));
  if (!parseVenueCode(text))
    throw new Fault('config-invalid', 'the place is not one a poster can tell of');
  return text;
}
