import type { Bytes, EpochMillis, MonotonicMillis } from '../core/units.ts';

/** The device's own clocks, untrusted. */
export interface Clock {
  wall(): EpochMillis;
  monotonic(): MonotonicMillis;
}

/** Cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Bytes;

/** Lets several tabs agree on one sync leader (Web Locks); runs `task` at most once at a time. */
export interface Leader {
  run(name: string, task: () => Promise<void>): Promise<boolean>;
}
