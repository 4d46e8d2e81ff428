/** Looks a second on average, and how many may follow each other at once when the scene changes. */
const pace = { average: 12, burst: 3 };
/** Milliseconds between two looks at a scene that stands still. */
const steadily = 100;
/** After so many milliseconds without a code the pace falls, for heat and battery. */
const coolAfter = 15_000;
const coolPace = { average: 7, steadily: 160 };
/** Share of a look's own time to rest after it: slow phones look less often. */
const restShare = 0.5;

/** Decides which frames are worth a look. All times in milliseconds of one clock. */
export interface Schedule {
  /** `changed`: the frame differs from the last one looked at. */
  isDue(now: number, changed: boolean): boolean;
  /** A look from `from` to `to` is over. */
  looked(from: number, to: number, found: boolean): void;
}

/**
 * At most 12 looks a second, fewer after a long time without a code. A scene that stands still is
 * looked at a little less often, so that there are looks left for the moment a code comes into view.
 */
export function createSchedule(): Schedule {
  let allowance = pace.burst;
  let countedAt = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let restUntil = 0;
  let foundAt: number | undefined;

  return {
    isDue(now, changed) {
      foundAt ??= now;
      const isCool = now - foundAt > coolAfter;
      const perMs = (isCool ? coolPace.average : pace.average) / 1000;
      allowance = Math.min(pace.burst, allowance + (now - countedAt) * perMs);
      countedAt = now;
      if (allowance < 1 || now < restUntil) return false;
      return changed || now - lookedAt >= (isCool ? coolPace.steadily : steadily) - halfFrame;
    },
    looked(from, to, found) {
      allowance -= 1;
      lookedAt = from;
      restUntil = to + (to - from) * restShare;
      if (found) foundAt = to;
    },
  };
}

/** A few milliseconds early is better than a whole frame late. */
const halfFrame = 16;
