import type { Feedback } from '../../../src/ports/phone.ts';

type Played = { state: Parameters<Feedback['play']>[0]; sound: boolean; vibration: boolean };

export function fakeFeedback(): Feedback & {
  readonly played: Played[];
  readonly said: string[];
  readonly unlocked: number;
} {
  const played: Played[] = [];
  const said: string[] = [];
  let unlocked = 0;
  return {
    played,
    said,
    get unlocked() {
      return unlocked;
    },
    unlock() {
      unlocked += 1;
    },
    play: (state, how) => void played.push({ state, ...how }),
    say: (text, language) => void said.push(`${language} ${text}`),
  };
}
