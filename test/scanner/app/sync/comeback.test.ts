import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createComeback } from '../../../../src/scanner/app/sync/comeback.ts';
import { fakeClock } from '../../../support/fakes/fake-clock.ts';
import { fakeRandom } from '../../../support/fakes/fake-random.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Phones that lose their network together and have it back together; when each caught up after that, in ms. */
function cutOff(phones: number, aloneMs: number): number[] {
  const clock = fakeClock();
  const caughtUp: number[] = [];
  const all = Array.from({ length: phones }, (_, i) =>
    createComeback({
      ...{ random: fakeRandom(i), monotonic: clock.monotonic, isOnline: true },
      catchUp: () => caughtUp.push(Date.now()),
    }),
  );
  for (const phone of all) phone.networkChanged(false);
  clock.tick(aloneMs);
  const backAt = Date.now();
  for (const phone of all) phone.networkChanged(true);
  vi.runAllTimers();
  return caughtUp.map((at) => at - backAt);
}

describe('a network that comes back to a whole quarter at once', () => {
  it('after ten minutes is asked of over a minute, and not by all in the same second', () => {
    const caughtUp = cutOff(600, 600_000);
    expect(caughtUp).toHaveLength(600);
    expect(Math.max(...caughtUp)).toBeLessThanOrEqual(60_000);
    const seconds = Array.from(
      { length: 60 },
      (_, second) => caughtUp.filter((ms) => Math.floor(ms / 1000) === second).length,
    );
    expect(Math.min(...seconds)).toBeGreaterThan(0);
    expect(Math.max(...seconds)).toBeLessThan(30); // ten each, were it even
  });

  it.each([
    [10_000, 1000],
    [24 * 3_600_000, 60_000],
  ])('after %i ms is asked within %i: never later than in a minute', (aloneMs, atMost) => {
    const caughtUp = cutOff(200, aloneMs);
    expect(Math.max(...caughtUp)).toBeLessThanOrEqual(atMost);
    expect(Math.max(...caughtUp)).toBeGreaterThan(atMost / 2);
  });

  it('is not asked by a phone that has lost it again meanwhile, nor by one whose page is gone', () => {
    const catchUp = vi.fn();
    const clock = fakeClock();
    const { monotonic } = clock;
    const comeback = createComeback({ random: fakeRandom(), monotonic, isOnline: false, catchUp });
    clock.tick(600_000);
    comeback.networkChanged(true);
    comeback.networkChanged(false);
    vi.runAllTimers();
    expect(catchUp).not.toHaveBeenCalled();
    clock.tick(1000);
    comeback.networkChanged(true);
    comeback.stop();
    vi.runAllTimers();
    expect(catchUp).not.toHaveBeenCalled();
  });

  it('is asked soon by a phone that was started without one, and once, however often it is told', () => {
    const catchUp = vi.fn();
    const clock = fakeClock();
    const { monotonic } = clock;
    const comeback = createComeback({ random: fakeRandom(), monotonic, isOnline: false, catchUp });
    clock.tick(5000);
    comeback.networkChanged(true);
    comeback.networkChanged(true);
    vi.advanceTimersByTime(500);
    expect(catchUp).toHaveBeenCalledTimes(1);
  });
});
