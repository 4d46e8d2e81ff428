import type { Feedback } from '../../../src/app/ports.ts';

type Played = { state: Parameters<Feedback['play']>[0]; quiet: boolean };

export function fakeFeedback(): Feedback & {
  readonly played: Played[];
  readonly unlocked: number;
} {
  const played: Played[] = [];
  let unlocked = 0;
  return {
    played,
    get unlocked() {
      return unlocked;
    },
    unlock() {
      unlocked += 1;
    },
    play: (state, quiet) => void played.push({ state, quiet }),
  };
}
