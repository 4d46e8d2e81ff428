import { limits } from '../limits.ts';
import type { EpochMillis } from '../units.ts';
import type { ParsedPass } from './parse.ts';
import { checkedVerdict, type Sighting, type Verdict, verdict } from './verdict.ts';

/** Looks up an earlier sighting by identity key. Bounded memory is the caller's business. */
export type Seen = (key: string) => Sighting | undefined;

/**
 * What to remember a presentation by: `(iss, jti)`, as the log has it, never the token's text or
 * signature, which have several spellings (protocol 1.3). A credential's id covers all its stamps.
 */
export const presentationKeys = ({ claims }: ParsedPass): readonly string[] => [
  `${claims.iss} ${claims.jti}`,
];

/**
 * Step 8. Undefined when never seen. The same gate within 10 s: the same verdict again, marked as a
 * repeat, so nothing is admitted or logged twice.
 */
export function checkPresented(
  keys: readonly string[],
  seen: Seen,
  gate: string,
  now: EpochMillis,
): Verdict | undefined {
  for (const key of keys) {
    const sighting = seen(key);
    if (!sighting) continue;
    if (sighting.gate !== gate) return verdict('check', 'shown-elsewhere', { seen: sighting });
    const age = now - sighting.at;
    if (age < 0 || age > limits.repeatS * 1000) {
      return verdict('check', 'already-scanned', { seen: sighting });
    }
    const { state, reason } = sighting.verdict;
    const again = checkedVerdict(state, reason, { seen: sighting });
    return again.reason === reason ? { ...again, repeat: true } : again; // a damaged memory is no repeat
  }
  return undefined;
}
