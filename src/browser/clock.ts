import type { Clock, RandomBytes } from '../scanner/app/ports.ts';
import { epochMillis, monotonicMillis } from '../core/units.ts';

export const clock: Clock = {
  wall: () => epochMillis(Date.now()),
  monotonic: () => monotonicMillis(performance.now()),
};

export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
