import { limits } from '../limits.ts';
import type { BundleLimits } from '../trust/bundle.ts';
import type { EpochSeconds } from '../units.ts';
import type { ParsedPass } from './parse.ts';
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
  const lifetime = exp - iat;
  if (lifetime <= 0 || lifetime > longest(kind, bundle)) return 'malformed';
  const skew = Math.min(bundle.skewS, limits.skewS);
  if (kind === 'live') {
    if (nbf !== undefined && now + skew < nbf) return 'not-yet-valid';
    return checkAge(now - iat, lifetime, skew);
  }
  if (now < iat || (nbf !== undefined && now < nbf)) return 'not-yet-valid';
  if (now >= exp) return 'expired';
  if (!stamp) return kind === 'credential' ? 'malformed' : undefined;
  return checkAge(now - stamp.claims.iat, stampLifetime(bundle), skew);
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

function longest(kind: ParsedPass['kind'], bundle: BundleLimits): number {
  if (kind === 'live') return Math.min(bundle.liveS, limits.liveS);
  if (kind === 'credential') return Math.min(bundle.credentialS, limits.credentialS);
  return Math.min(bundle.paperS, limits.paperS);
}
