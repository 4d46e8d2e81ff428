import type { EpochMillis, MonotonicMillis } from '../../core/units.ts';

/** A server's own clocks. */
export interface ServerClock {
  wall(): EpochMillis;
  monotonic(): MonotonicMillis;
}
