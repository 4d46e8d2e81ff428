import { epochMillis, monotonicMillis } from '../core/units.ts';
import type { Clock, RandomBytes } from '../ports/world.ts';

export const clock: Clock = {
  wall: () => epochMillis(Date.now()),
  monotonic: () => monotonicMillis(performance.now()),
};

export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
