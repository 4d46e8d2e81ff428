import type { ToldSighting } from '../../../core/sightings/sighting.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Sighting } from '../../../core/verify/verdict.ts';

/** The most that is kept: some 3 MB, and 60 codes a second for five minutes. */
export const mostHeard = 20_000;
/** The hub's clock and ours may be so far apart. */
const skewMs = 60_000;

/**
 * Codes that other gates let in, for as long as they matter, in memory alone: a phone that starts
 * anew is told them again.
 */
export function heardSightings() {
  const heard = new Map<string, Sighting>();
  const isOver = ({ at }: Sighting, now: EpochMillis, windowS: number) =>
    now - at > windowS * 1000 + skewMs;
  return {
    keep({ key, gate, at }: ToldSighting, now: EpochMillis, windowS: number): void {
      heard.delete(key); // to the end: they go in the order they came
      heard.set(key, { gate, at, verdict: { state: 'pass', reason: 'admitted' } });
      for (const [oldest, sighting] of heard) {
        if (heard.size <= mostHeard && !isOver(sighting, now, windowS)) return;
        heard.delete(oldest);
      }
    },
    find(key: string, now: EpochMillis, windowS: number): Sighting | undefined {
      const sighting = heard.get(key);
      return sighting && now - sighting.at <= windowS * 1000 ? sighting : undefined;
    },
    clear: () => heard.clear(),
    size: () => heard.size,
  };
}
