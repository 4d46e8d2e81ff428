import { verifyCoseSign1 } from '../../core/pass/cose.ts';
import {
  parseVenueCode,
  type VenueCode,
  venueLink,
  venueTyp,
} from '../../core/place/venue-code.ts';
import { importPublicKey } from '../../core/suite.ts';
import type { Bundle } from '../../core/trust/bundle.ts';

/**
 * The venue code of a visit at `at`, by the published bundle: signed by a key that could sign posters
 * then. Taken out of use since, or its issuer's state now, is no matter: somebody was there.
 */
export async function signedCode(
  fragment: string,
  at: number,
  { issuers }: Bundle,
): Promise<VenueCode | undefined> {
  // where the link led is not sent, and covered by no signature
  const parsed = parseVenueCode(venueLink('visit', fragment));
  if (!parsed) return undefined;
  const { code, kid, sign1 } = parsed;
  const key = issuers.find(({ id }) => id === code.iss)?.keys.find((one) => one.kid === kid);
  if (!key?.typs.includes(venueTyp) || at < key.nbf || at >= key.exp) return undefined;
  return (await verifyCoseSign1(sign1, await importPublicKey(key.jwk))) ? code : undefined;
}
