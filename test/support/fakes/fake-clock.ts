import { epochMillis, monotonicMillis } from '../../../src/core/units.ts';
import type { Clock } from '../../../src/ports/world.ts';

/** Both clocks stand still until the test moves them. */
export interface FakeClock extends Clock {
  /** Time passes: both clocks move alike. */
  tick(ms: number): void;
  /** Somebody sets the wall clock; the monotonic one does not notice. */
  setWall(ms: number): void;
  /** The phone slept: wall goes on, monotonic stood still. */
  sleep(ms: number): void;
}

export function fakeClock(wall = Date.UTC(2022, 2, 1, 8), monotonic = 1000): FakeClock {
  let wallMs = wall;
  let monotonicMs = monotonic;
  return {
    wall: () => epochMillis(wallMs),
    monotonic: () => monotonicMillis(monotonicMs),
    tick(ms) {
      wallMs += ms;
      monotonicMs += ms;
    },
    setWall(ms) {
      wallMs = ms;
    },
    sleep(ms) {
      wallMs += ms;
    },
  };
}
