/** This phone's own clock beside the server's, as heard last. */
export interface PhoneClock {
  /** Whole minutes it is ahead; behind: negative; 0: as good as right. */
  readonly wrongMinutes: number;
}

/** Milliseconds from which on it is called wrong: more than a journey and a second's rounding. */
const wrongFromMs = 60_000;

export const phoneClockOf = (wrongByMs: number): PhoneClock => ({
  wrongMinutes: Math.abs(wrongByMs) < wrongFromMs ? 0 : Math.round(wrongByMs / 60_000),
});
