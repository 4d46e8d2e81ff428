import type { EpochMillis } from '../units.ts';

/** A live pass whose signature was good, whatever its verdict: how old it looked by our clock. */
export interface SkewSample {
  /** Pass id: the same pass twice is one witness. */
  readonly jti: string;
  readonly at: EpochMillis;
  readonly ageS: number;
}

/** Ages an honest code has when both clocks are right: re-stamped every 15 s, shown and read at once. */
const honest = { min: -5, max: 30 };
/** Seconds in the middle of a stamp's life. */
const typicalAgeS = 8;
const windowMs = 600_000;
const witnesses = 3;
/** Ages of one wrong clock lie within one stamp's life and a little patience. */
const spreadS = 25;

/** The samples of the last ten minutes with one more; an old one by the same pass is replaced. */
export function addSkewSample(
  samples: readonly SkewSample[],
  sample: SkewSample,
): readonly SkewSample[] {
  const recent = samples.filter(
    ({ jti, at }) => jti !== sample.jti && Math.abs(sample.at - at) <= windowMs,
  );
  return [...recent, sample].slice(-50);
}

/**
 * By how many seconds this device's clock seems to be ahead (negative: behind), when three or more
 * distinct passes in a row agree on it (protocol 5.5). A hint for a banner, never a correction: people
 * who pool old screenshots could move the clock. Undefined when the passes look honest or disagree.
 */
export function estimateSkewS(
  samples: readonly SkewSample[],
  now: EpochMillis,
): number | undefined {
  const recent = samples.filter(({ at }) => Math.abs(now - at) <= windowMs);
  const last = recent
    .slice(-witnesses)
    .map(({ ageS }) => ageS)
    .sort((a, b) => a - b);
  const [lowest, median] = last;
  const highest = last.at(-1);
  if (last.length < witnesses || lowest === undefined || median === undefined) return undefined;
  const isSkewed = lowest > honest.max || (highest ?? 0) < honest.min;
  if (!isSkewed || (highest ?? 0) - lowest > spreadS) return undefined;
  return median - typicalAgeS;
}
