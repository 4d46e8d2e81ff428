import { limits } from '../limits.ts';
import { verifyCoseSign1 } from '../pass/cose.ts';
import type { LocalizedText } from '../terms.ts';
import { mayDecide, type TrustedNow } from '../time/trusted-now.ts';
import { statusAt } from '../trust/lists/status-list.ts';
import type { TrustView } from '../trust/view.ts';
import { type EpochSeconds, toSeconds } from '../units.ts';
import { parseVenueCode, type VenueCode, venueTyp } from './venue-code.ts';

/** Why a venue code is not to be used, in the words a pass would be refused with. */
export type VenueTrouble =
  | 'malformed'
  | 'trust-missing'
  | 'trust-expired'
  | 'app-outdated'
  | 'unknown-issuer'
  | 'issuer-retired'
  | 'issuer-suspended'
  | 'unknown-key'
  | 'bad-signature'
  | 'clock-untrusted'
  | 'not-yet-valid'
  | 'expired'
  | 'list-too-old'
  | 'revoked'
  | 'suspended';

export type VenueFinding =
  | {
      readonly good: true;
      readonly code: VenueCode;
      readonly issuerName: LocalizedText;
      readonly host: string;
    }
  | {
      readonly good: false;
      readonly why: VenueTrouble;
      /** Only what a good signature covers: an old poster's place may be named, a forged one's never. */
      readonly code?: VenueCode;
      readonly issuerName?: LocalizedText;
      readonly host?: string;
    };

/**
 * Is this poster genuine, valid and not taken out of use? The steps of protocol 2 that a poster has,
 * in their order; anything unexpected fails closed. Whether it is *this* place's is the asker's to compare.
 */
export async function checkVenueCode(
  text: string,
  { now: reading, trust }: { readonly now: TrustedNow; readonly trust: TrustView | undefined },
): Promise<VenueFinding> {
  // shape and size, one spelling only
  const parsed = parseVenueCode(text);
  if (!parsed) return no('malformed');
  const { code, host } = parsed;
  const now = toSeconds(reading.at);

  // trust present, in date and fit for this app
  if (!trust) return no('trust-missing');
  if (now >= trust.exp) return no('trust-expired');
  if (trust.outdated) return no('app-outdated');

  // issuer and key by (iss, kid), a key that may sign posters
  const issuer = trust.issuer(code.iss);
  if (!issuer) return no('unknown-issuer');
  if (issuer.outdated) return no('app-outdated');
  if (issuer.state !== 'active') return no(`issuer-${issuer.state}`);
  const key = await trust.key(issuer.id, parsed.kid, venueTyp, now);
  if (!key) return no('unknown-key');

  // the signature: from here on what is said is the issuer's word
  if (!(await verifyCoseSign1(parsed.sign1, key))) return no('bad-signature');
  const known = { code, issuerName: issuer.name, host };
  if (!mayDecide(reading)) return { ...no('clock-untrusted'), ...known };
  const why = timeTrouble(code, now) ?? statusTrouble(code, trust, now, reading.listsTooOld);
  return why ? { ...no(why), ...known } : { good: true, ...known };
}

const no = (why: VenueTrouble) => ({ good: false, why }) as const;

/** A poster lives from `iat` to `exp`, exactly, and no longer than a paper pass may. */
function timeTrouble({ iat, exp }: VenueCode, now: EpochSeconds): VenueTrouble | undefined {
  if (exp <= iat || exp - iat > limits.paperS) return 'malformed';
  if (now < iat) return 'not-yet-valid';
  return now >= exp ? 'expired' : undefined;
}

/** Taken out of use is what a newer code of the place makes the older one. */
function statusTrouble(
  { iss, index }: VenueCode,
  trust: TrustView,
  now: EpochSeconds,
  isFrozen = false,
): VenueTrouble | undefined {
  const list = trust.lists.get(iss);
  if (!list || isFrozen || now - list.iat > limits.listTooOldS) return 'list-too-old';
  const status = statusAt(list, index);
  if (status === 'invalid') return 'revoked';
  if (status === 'suspended') return 'suspended';
  return status === 'valid' ? undefined : 'list-too-old';
}
