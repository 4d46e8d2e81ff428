import { describe, expect, test } from 'vitest';
import {
  type ClockReading,
  type ClockState,
  observe,
  persistClock,
  readClock,
  seeLivePass,
  seeNewest,
  startClock,
  underSources,
} from '../../../src/core/time/clock-model.ts';
import type { ClockQuality } from '../../../src/core/time/trusted-now.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { hour, noon, reading, second, synced, syncTwice } from '../../support/clock-story.ts';

const look = (state: ClockState, at: ClockReading) => readClock(observe(state, at), at);
const qualityAt = (state: ClockState, at: ClockReading) => look(state, at).quality;
/** Closed and opened again, with what was on disk. */
const reopened = (
  state: ClockState,
  at: ClockReading,
  newestEntry?: number,
  quality?: ClockQuality,
) =>
  startClock(
    at,
    structuredClone(persistClock(state)),
    newestEntry === undefined
      ? undefined
      : { at: epochMillis(noon + newestEntry), ...(quality && { quality }) },
  );

describe('quality', () => {
  test.each([
    [0, 'synced'],
    [12 * hour - 1, 'synced'],
    [12 * hour, 'held'],
    [72 * hour, 'held'],
    [72 * hour + 1, 'bad'],
  ])('%i ms after a sync, all of them awake, is %s', (ms, quality) => {
    expect(qualityAt(synced(), reading(ms))).toBe(quality);
  });

  test('is unconfirmed before the first sync', () => {
    expect(qualityAt(startClock(reading(0)), reading(1000))).toBe('unconfirmed');
  });

  test('without any sync is bad after 72 h, over restarts too, however often live passes agree', () => {
    const first = startClock(reading(0));
    const later = seeLivePass(observe(first, reading(72 * hour)), {
      source: 'live CN-TJ K',
      at: reading(72 * hour).wall,
      sure: false,
    });
    expect(qualityAt(later, reading(72 * hour))).toBe('unconfirmed');
    expect(qualityAt(later, reading(72 * hour + 1))).toBe('bad');
    const again = reopened(later, reading(72 * hour));
    expect(qualityAt(again, reading(72 * hour + 1))).toBe('bad');
    expect(qualityAt(syncTwice(again, 73 * hour, 73 * hour, 73 * hour), reading(73 * hour))).toBe(
      'synced',
    );
  });

  test('after a sleep of 2 s is as before, of 2.001 s unconfirmed until a sync', () => {
    expect(qualityAt(synced(), reading(2000, 0))).toBe('synced');
    expect(qualityAt(synced(), reading(2001, 0))).toBe('unconfirmed');
    expect(qualityAt(observe(synced(), reading(2001, 0)), reading(5000, 2999))).toBe('unconfirmed');
  });

  test('after many steps ahead too small to see is unconfirmed: they add up', () => {
    let state = synced();
    for (let i = 1; i <= 3; i++) state = observe(state, reading(i * 5900, i * 5000));
    expect(qualityAt(state, reading(17_700, 15_000))).toBe('unconfirmed');
  });
});

describe('time asleep or closed, by the wall clock alone', () => {
  test.each([
    [4 * hour, 'synced'],
    [4 * hour + 1, 'unconfirmed'],
    [12 * hour, 'unconfirmed'],
    [12 * hour + 1, 'bad'],
  ])('closed for %i ms is %s', (ms, quality) => {
    expect(qualityAt(reopened(synced(), reading(ms, 0)), reading(ms, 0))).toBe(quality);
  });

  test('asleep for more than 12 h is bad', () => {
    expect(qualityAt(synced(), reading(12 * hour, 0))).toBe('unconfirmed');
    expect(qualityAt(synced(), reading(12 * hour + 1, 0))).toBe('bad');
  });

  test('adds up over restarts', () => {
    let state = synced();
    for (let i = 1; i <= 5; i++)
      state = observe(reopened(state, reading(i * 3 * hour, 0)), reading(i * 3 * hour, 0));
    expect(readClock(state, reading(15 * hour, 0)).quality).toBe('bad');
  });

  test('begins anew with a live pass let in, which shows that the clock is not far off', () => {
    const asleep = observe(reopened(synced(), reading(10 * hour, 0)), reading(10 * hour, 0));
    expect(readClock(asleep, reading(10 * hour, 0)).quality).toBe('unconfirmed');
    const seen = seeLivePass(asleep, {
      source: 'live A',
      at: epochMillis(noon + 10 * hour),
      sure: false,
    });
    expect(readClock(seen, reading(10 * hour, 0)).quality).toBe('synced');
    expect(seen.marks).toEqual(asleep.marks);
  });

  test('is forgotten by a sync', () => {
    const asleep = observe(synced(), reading(20 * hour, 0));
    const state = syncTwice(asleep, 20 * hour, 20 * hour, 0);
    expect(qualityAt(state, reading(20 * hour + 2000, 2000))).toBe('synced');
  });
});

describe('a clock set back', () => {
  test('by 5 s while running is bad, and stays so when set right again', () => {
    const back = observe(synced(), reading(-5 * second + 1000, 1000));
    expect(back.setBack).toBe(true);
    expect(qualityAt(back, reading(2000))).toBe('bad');
  });

  test('by 2 s is within the slack, by 2.001 s is not', () => {
    expect(qualityAt(synced(), reading(8000, 10_000))).toBe('synced');
    expect(qualityAt(synced(), reading(7999, 10_000))).toBe('bad');
  });

  test('in many small steps adds up', () => {
    let state = synced();
    for (let i = 1; i <= 10; i++) state = observe(state, reading(i * 5000 - i * 1500, i * 5000));
    expect(state.setBack).toBe(true);
  });

  test('by as much as the sleep before it is no undoing of the sleep', () => {
    expect(qualityAt(observe(synced(), reading(8 * hour, 0)), reading(0, 1000))).toBe('bad');
  });
});

describe('time shown never goes back over a restart', () => {
  test.each([
    ['synced', synced()],
    ['unconfirmed: after a nap', observe(synced(), reading(3 * second, 0))],
    ['never synced', startClock(reading(0))],
    ['bad', observe(synced(), reading(-9 * second, 1000))],
  ])('when it was %s', (_, start) => {
    const used = observe(start, reading(8 * hour, 8 * hour));
    const again = observe(reopened(used, reading(5, 5)), reading(5, 5));
    const now = readClock(again, reading(5, 5));
    expect(now).toMatchObject({ quality: 'bad', at: noon + 8 * hour });
    expect(qualityAt(again, reading(20 * hour, 20 * hour))).toBe('bad'); // waiting does not mend it
    expect(qualityAt(reopened(again, reading(9 * hour, 0)), reading(9 * hour, 0))).toBe('bad');
  });

  test('nor before the newest log entry, which may be newer than the state on disk', () => {
    expect(qualityAt(reopened(synced(), reading(60_000, 0), 62_000), reading(60_000, 0))).toBe(
      'synced',
    );
    expect(qualityAt(reopened(synced(), reading(60_000, 0), 62_001), reading(60_000, 0))).toBe(
      'bad',
    );
  });

  test.each([
    ['unconfirmed', 'unconfirmed'],
    ['bad', 'bad'],
    ['synced', 'synced'],
  ] as const)(
    'nor is a clock worth more than the newest entry (%s) says, where the state was not written: until a sync',
    (quality, then) => {
      const at = reading(1000 * second, 0);
      const again = reopened(synced(), at, 1000 * second, quality);
      expect(qualityAt(again, at)).toBe(then);
      // a sync after that entry was written down with the state
      const later = { ...synced(), syncedAt: epochMillis(noon + 1001 * second) };
      expect(qualityAt(reopened(later, at, 1000 * second, quality), at)).toBe('synced');
    },
  );

  test('a step back within the slack is not given again at the next restart', () => {
    let state = synced();
    for (let i = 1; i <= 50; i++) {
      const wall = i * (50 * second - 2 * second); // 50 s a run, set back by 2 s at each restart
      state = observe(state, reading(wall + 2 * second, 50 * second));
      state = reopened(state, reading(wall, 0));
    }
    const { at } = readClock(state, reading(50 * 48 * second, 0));
    expect(at - noon).toBeGreaterThanOrEqual(50 * 50 * second);
  });

  test('restarts every 50 s with the clock put back do not make time stand still', () => {
    let state = synced();
    for (let i = 0; i < 2; i++) {
      state = observe(state, reading(50 * second, 50 * second));
      state = observe(reopened(state, reading(0, 0)), reading(0, 0));
    }
    expect(readClock(state, reading(0, 0))).toMatchObject({
      quality: 'bad',
      at: noon + 50 * second,
    });
  });
});

describe('a mark that lies ahead of this clock', () => {
  const ahead = (ms: number) => ({ ...synced(), marks: { bundle: epochMillis(noon + ms) } });

  test('by 2 s is nothing, by more it makes the clock wait and decide nothing', () => {
    expect(readClock(ahead(2000), reading(0))).toEqual({ at: noon + 2000, quality: 'synced' });
    expect(readClock(ahead(2001), reading(0))).toEqual({
      at: noon + 2001,
      quality: 'unconfirmed',
      waiting: true,
    });
  });

  test('is no proof of a clock set back: its time comes, and all is well', () => {
    const waited = observe(ahead(hour), reading(10 * second));
    expect(waited.setBack).toBe(false);
    expect(qualityAt(waited, reading(hour))).toBe('synced');
  });

  test('goes with the key that made it', () => {
    const state: ClockState = {
      ...synced(),
      marks: {
        bundle: epochMillis(noon + hour),
        'list CN-TJ': epochMillis(noon + hour),
        'time gone': epochMillis(noon + hour),
        'time kept': epochMillis(noon),
        'live CN-TJ gone': epochMillis(noon + hour),
      },
    };
    const next = underSources(state, {
      files: { bundle: epochMillis(noon - hour) },
      keys: new Set(['time kept', 'live CN-TJ new']),
      live: new Map(),
    });
    expect(next.marks).toEqual({ bundle: noon - hour, 'time kept': noon });
  });

  test('is taken from a live pass by a sure clock only, and only ever raised by it', () => {
    const see = (state: ClockState, ms: number, sure: boolean) =>
      seeLivePass(state, { source: 'live A', at: epochMillis(noon + ms), sure }).marks['live A'];
    expect(see(synced(), 5, false)).toBeUndefined();
    expect(see(synced(), 5, true)).toBe(noon + 5);
    const later = { ...synced(), marks: { 'live A': epochMillis(noon + 9) } };
    expect(see(later, 5, true)).toBe(noon + 9);
  });
});

describe('a newer bundle named by signed time', () => {
  const named = (state: ClockState, ms: number, version = 8) =>
    seeNewest(state, { named: version, held: 7 }, epochMillis(noon + ms));
  const tooOld = (state: ClockState, ms: number) =>
    readClock(state, reading(ms)).listsTooOld ?? false;

  test('makes the lists too old after an hour, counted from the first time it was named', () => {
    const state = named(named(synced(), 0), hour / 2, 9);
    expect(tooOld(state, hour)).toBe(false);
    expect(tooOld(state, hour + 1)).toBe(true);
    expect(tooOld(reopened(state, reading(hour + 1, 0)), hour + 1)).toBe(true);
  });

  test('is over once it is here, or no longer named', () => {
    expect(seeNewest(named(synced(), 0), { named: 8, held: 8 }, epochMillis(noon)).newer).toBe(
      undefined,
    );
  });
});

describe('what the first version left on disk', () => {
  const old = {
    offsetMs: 5,
    syncedAt: noon,
    floor: noon + 30 * second,
    setBack: false,
    jumped: false,
  };

  test('is read: its floor holds back as a mark of signed time, its own word as time shown', () => {
    const state = startClock(reading(0), { ...old, own: noon + second });
    expect(state).toMatchObject({ offsetMs: 1000, syncedAt: noon, shown: noon + second });
    expect(readClock(state, reading(0))).toMatchObject({ at: noon + 30 * second, waiting: true });
  });

  test('a floor a year ahead, which stopped it for good, goes with two agreeing signed times', () => {
    const year = 365 * 24 * hour;
    const stuck = startClock(reading(0), { ...old, floor: noon + year, setBack: true });
    const mended = syncTwice(observe(stuck, reading(0)), 1000, 1000, 1000);
    expect(qualityAt(mended, reading(4000))).toBe('synced');
  });
});
