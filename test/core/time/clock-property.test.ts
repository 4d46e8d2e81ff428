import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrittenMs } from '../../../src/core/time/clock-model.ts';
import {
  type ClockWorld,
  createClockWorld,
  hour,
  minute,
  second,
} from '../../support/clock-world.ts';

const day = 24 * hour;
/** Whole seconds of signed time, the round trip, and the 2 s within which clocks are not compared. */
const toleranceMs = 5 * second;

type Event = (world: ClockWorld) => void;
interface Named {
  readonly what: string;
  readonly happens: Event;
}

/** Small and large alike, so that every threshold of the model is crossed often. */
const spans = fc.oneof(
  fc.integer({ min: 0, max: 10 * second }),
  fc.integer({ min: 0, max: 20 * minute }),
  fc.integer({ min: 0, max: 30 * hour }),
  fc.integer({ min: 0, max: 40 * day }),
);
const shifts = fc.tuple(spans, fc.boolean()).map(([ms, back]) => (back ? -ms : ms));
const often = <T>(...arbitraries: fc.Arbitrary<T>[]) => fc.oneof(...arbitraries);

const event = (what: string, happens: (world: ClockWorld, ms: number, by: number) => void) =>
  fc.tuple(spans, shifts).map(
    ([ms, by]): Named => ({
      what: `${what} ${ms} ${by}`,
      happens: (world) => happens(world, ms, by),
    }),
  );

const honest = [
  event('run', (world, ms) => world.run(ms % (3 * hour))),
  event('sleep', (world, ms) => world.sleep(ms, 0)),
  event('restart', (world, ms) => world.restart(ms, 0)),
  event('live pass', (world) => world.livePass()),
  event('sync good', (world) => world.round({ off: 0 })),
  event('sync, its answer taken late', (world, ms) =>
    world.round({ off: 0, late: () => world.run(ms % (3 * hour)) }),
  ),
  event('sync, slept before its answer was taken', (world, ms) =>
    world.round({ off: 0, late: () => world.sleep(ms, 0) }),
  ),
];
const hostile = [
  event('clock set', (world, _, by) => world.setClock(by)),
  event('clock set by seconds', (world, _, by) => world.setClock(by % (4 * second))),
  event('sleep, clock set', (world, ms, by) => world.sleep(ms, by)),
  event('sleep, set back as long', (world, ms, by) => world.sleep(ms, -ms + (by % (4 * second)))),
  event('restart, clock set', (world, ms, by) => world.restart(ms, by)),
  event('restart, set back as long', (world, ms, by) => {
    world.run(50 * second);
    world.restart(ms % minute, -(ms % minute) - 50 * second + (by % (8 * second)));
  }),
  event('one answer off', (world, _, by) => world.round({ once: by })),
  event('hub off', (world, _, by) => world.round({ off: by })),
  event('bundle dated ahead', (world, ms) => {
    world.publish({ ahead: ms });
    world.round();
  }),
  event('list dated ahead', (world, ms) => {
    world.publish({ listAhead: ms % minute });
    world.round();
  }),
  event('key rotation', (world) => {
    world.publish({ rotate: true });
    world.round();
  }),
];
const story = fc.record({
  wallOff: shifts,
  events: fc.array(often(...honest, ...hostile), { maxLength: 25 }),
});

function play({ wallOff, events }: { wallOff: number; events: readonly Named[] }, look: Event) {
  const world = createClockWorld(wallOff);
  world.round();
  look(world);
  for (const { happens } of events) {
    happens(world);
    look(world);
  }
  return world;
}

const runs = { numRuns: 1500, endOnFailure: false };

describe('whatever happens to the clocks', () => {
  test('no screenshot older than its window fits, but by the sequences SECURITY.md names', () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, (world) => {
          if (world.mayDecide())
            expect(world.lag()).toBeLessThanOrEqual(world.named() + toleranceMs);
        });
      }),
      runs,
    );
  });

  test('with the clock set by nobody and every date right, no time is lost at all', () => {
    const quiet = fc.record({
      wallOff: shifts,
      events: fc.array(often(...honest), { maxLength: 25 }),
    });
    fc.assert(
      fc.property(quiet, (told) => {
        play(told, (world) => {
          expect(Math.abs(world.lag())).toBeLessThanOrEqual(2 * second);
          expect(world.named()).toBe(0);
        });
      }),
      runs,
    );
  });

  test('once mended, a good round brings every phone back within 10 minutes', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = play(told, () => undefined);
        world.publish();
        let spent = 0;
        world.round({ off: 0 });
        for (; spent < 10 * minute && !isBack(world); spent += minute) {
          world.run(minute);
          world.round();
        }
        expect({ spent: spent < 10 * minute, ...world.now() }).toMatchObject({
          spent: true,
          quality: 'synced',
        });
        expect(Math.abs(world.lag())).toBeLessThanOrEqual(toleranceMs);
      }),
      runs,
    );
  });

  test('time shown goes back by a believed signed time or another trust set, and by nothing else', () => {
    const alone = fc.record({
      wallOff: shifts,
      events: fc.array(often(...honest.slice(0, 4), ...hostile.slice(0, 6)), { maxLength: 25 }),
    });
    fc.assert(
      fc.property(alone, (told) => {
        let shown = 0;
        play(told, (world) => {
          expect(world.shown()).toBeGreaterThanOrEqual(shown - unwrittenMs);
          shown = world.shown();
        });
      }),
      runs,
    );
  });
});

function isBack(world: ClockWorld): boolean {
  const now = world.now();
  return now.quality === 'synced' && !now.waiting && Math.abs(world.lag()) <= toleranceMs;
}
