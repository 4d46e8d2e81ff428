import type { Pause } from '../../../core/table/pause.ts';

/** Long work holds the page so long at most, in milliseconds: a tap is answered within a frame or two. */
const spellMs = 20;

/** A pause that lets the page do what came meanwhile, once a spell of work is over; else none. */
export function createPause(monotonic: () => number): Pause {
  let since = monotonic();
  return async () => {
    if (monotonic() - since < spellMs) return;
    await new Promise<void>((resolve) => setTimeout(() => resolve(), 0));
    since = monotonic();
  };
}
