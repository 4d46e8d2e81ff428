import { limits } from '../limits.ts';
import type { ParsedPass, PassClaims } from '../pass/format.ts';
import { factsOf } from '../pass/kinds.ts';
import type { BundleLimits } from '../trust/bundle.ts';
import type { EpochSeconds } from '../units.ts';
import type { Reason } from './verdict.ts';

type TimeReason = Extract<
  Reason,
  'malformed' | 'from-the-future' | 'stale' | 'expired' | 'not-yet-valid'
>;

/** Step 5, the time claims against one clock reading. Undefined when they are all in order. */
export function checkTimes(
  { kind, claims, stamp }: ParsedPass,
  now: EpochSeconds,
  bundle: BundleLimits,
): TimeReason | undefined {
  const { iat, exp, nbf } = claims;
  const { freshBy, longest } = factsOf(kind);
  const lifetime = exp - iat;
  const isAllowed =
    longest && lifetime > 0 && lifetime <= Math.min(bundle[longest], limits[longest]);
  if (!isAllowed) return 'malformed';
  const skew = Math.min(bundle.skewS, limits.skewS);
  switch (freshBy) {
    case 'issuer':
      if (nbf !== undefined && now + skew < nbf) return 'not-yet-valid';
      return checkAge(now - iat, lifetime, skew);
    case 'holder':
      if (!stamp) return 'malformed';
      return (
        checkValidity(claims, now) ?? checkAge(now - stamp.claims.iat, stampLifetime(bundle), skew)
      );
    case 'nobody':
      return checkValidity(claims, now);
    default:
      return 'malformed';
  }
}

/** What carries no fresh time of its issuer's is good from `iat` (and `nbf`) to `exp`, exactly. */
function checkValidity({ iat, exp, nbf = iat }: PassClaims, now: EpochSeconds) {
  if (now < iat || now < nbf) return 'not-yet-valid';
  return now >= exp ? 'expired' : undefined;
}

/** Age of what the freshness rule looks at: the stamp of a credential, else the pass. */
export function ageOf({ claims, stamp }: ParsedPass, now: EpochSeconds): number {
  return now - (stamp?.claims.iat ?? claims.iat);
}

/** −skew ≤ age < lifetime + skew: protocol 1.2. */
function checkAge(age: number, lifetime: number, skew: number): TimeReason | undefined {
  if (age < -skew) return 'from-the-future';
  return age < lifetime + skew ? undefined : 'stale';
}

const stampLifetime = (bundle: BundleLimits): number => Math.min(60, bundle.liveS, limits.liveS);
