import { describe, expect, it } from 'vitest';
import { addSkewSample, estimateSkewS, type SkewSample } from '../../../src/core/time/skew.ts';
import { epochMillis } from '../../../src/core/units.ts';

const start = Date.UTC(2026, 5, 1, 8);
const at = (seconds: number) => epochMillis(start + seconds * 1000);

function samplesOf(...ages: readonly number[]): readonly SkewSample[] {
  return ages.reduce<readonly SkewSample[]>(
    (samples, ageS, i) => addSkewSample(samples, { jti: `pass-${i}`, at: at(i * 20), ageS }),
    [],
  );
}

describe('what passes say about our clock', () => {
  it('three that look a minute old alike make the clock a minute fast', () => {
    expect(estimateSkewS(samplesOf(62, 70, 66), at(60))).toBe(58);
  });

  it('three from the future alike make it slow', () => {
    expect(estimateSkewS(samplesOf(-40, -47, -52), at(60))).toBe(-55);
  });

  it.each([
    [[31, 40, 56], 32],
    [[-6, -20, -31], -28],
  ])('counts ages just past the honest ones and just alike: %j', (ages, skewS) => {
    expect(estimateSkewS(samplesOf(...ages), at(60))).toBe(skewS);
  });

  it.each([
    ['ages as old as an honest one can be', [30, 40, 50]],
    ['ages as young as an honest one can be', [-5, -20, -30]],
    ['ages just not alike', [31, 40, 57]],
    ['honest ages', [2, 9, 14]],
    ['two witnesses only', [62, 70]],
    ['one old screenshot among honest codes', [3, 400, 9]],
    ['three unrelated screenshots', [100, 400, 4000]],
    ['an honest code after two old ones', [62, 70, 4]],
  ])('says nothing for %s', (_, ages) => {
    expect(estimateSkewS(samplesOf(...ages), at(60))).toBeUndefined();
  });

  it('one pass shown three times is one witness', () => {
    const one = [62, 64, 66].reduce<readonly SkewSample[]>(
      (samples, ageS, i) => addSkewSample(samples, { jti: 'same', at: at(i), ageS }),
      [],
    );
    expect(one).toHaveLength(1);
    expect(estimateSkewS(one, at(3))).toBeUndefined();
  });

  it('forgets after ten minutes', () => {
    expect(estimateSkewS(samplesOf(62, 70, 66), at(700))).toBeUndefined();
  });

  it('stays bounded', () => {
    expect(samplesOf(...Array<number>(200).fill(62))).toHaveLength(31);
  });
});
