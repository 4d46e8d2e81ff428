import { describe, expect, test } from 'vitest';
import { observe, persistClock } from '../../../src/core/time/clock-model.ts';
import { mergeClocks } from '../../../src/core/time/two-tabs.ts';
import { hour, noon, reading, second, synced, syncTwice } from '../../support/clock-story.ts';

describe('two tabs that each write the clock down', () => {
  const early = persistClock(synced());
  const late = persistClock(observe(synced(), reading(hour)));

  test('never take back time that the other has shown', () => {
    expect(mergeClocks(late, early).shown).toBe(noon + hour);
    expect(mergeClocks(early, late).shown).toBe(noon + hour);
  });

  test('never take back that the other found the clock set back, or ahead', () => {
    const back = persistClock(observe(synced(), reading(-5 * second, 0)));
    const ahead = persistClock(observe(synced(), reading(hour, 0)));
    expect(mergeClocks(back, late)).toMatchObject({ setBack: true, shown: noon + hour });
    expect(mergeClocks(ahead, late)).toMatchObject({ jumped: true });
  });

  test('let the one speak that synced last, even where that says less', () => {
    const far = observe(synced(), reading(hour));
    const right = persistClock(syncTwice(far, hour / 2, hour, hour));
    expect(right.syncs).toBeGreaterThan(far.syncs ?? 0);
    expect(mergeClocks(late, right)).toEqual(right);
    expect(mergeClocks(right, late)).toEqual(right);
  });

  test('what the first version or nobody kept is replaced', () => {
    expect(mergeClocks(undefined, late)).toEqual(late);
    expect(mergeClocks({ floor: noon + 5 * hour, offsetMs: 0 }, late)).toEqual(late);
  });
});
