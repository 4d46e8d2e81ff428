import {
  type ClockReading,
  type ClockState,
  observe,
  type PersistedTime,
  persistClock,
  readClock,
  startClock,
} from '../../../core/time/clock-model.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { Clock } from '../../../ports/world.ts';

/** The issuing side's time, as far as this phone knows it. The phone's own clock is never believed. */
export interface ServerClock {
  /** Undefined before the server has ever said what time it is. Never goes back, but by the server's word. */
  now(): EpochMillis | undefined;
  /** The phone's clock was set back since the server was heard: nothing may be stamped with it. */
  isDoubted(): boolean;
  /** By how much the phone's own clock was ahead of the server's when that was heard last; behind: negative. */
  wrongByMs(): number;
  /** An answer of the server's that says `at`, and the reading when it was asked for. */
  take(at: EpochMillis, sent: ClockReading): void;
  read(): ClockReading;
}

/** A journey longer than this says too little where something is known already. */
const longestMs = 5000;

/**
 * Its state is the scanner's clock model (core/time), told by TLS in place of signed times. `keep` is
 * told whenever the server was heard.
 */
export function createServerClock(
  raw: Clock,
  stored: PersistedTime | undefined,
  keep: (state: PersistedTime) => void,
): ServerClock {
  const read = (): ClockReading => ({ wall: raw.wall(), monotonic: raw.monotonic() });
  let state: ClockState = startClock(read(), stored);
  /** What was said last: while the page lives its own ticks carry the time on, whatever becomes of the phone's clock. */
  let said: { readonly at: number; readonly monotonic: number } | undefined;
  let wrongByMs = 0;
  const look = () => {
    const reading = read();
    state = observe(state, reading);
    return reading;
  };
  return {
    read,
    now() {
      const reading = look();
      if (state.syncedAt === undefined) return undefined;
      const ticked = said ? said.at + reading.monotonic - said.monotonic : 0;
      const at = Math.max(readClock(state, reading).at, ticked);
      said = { at, monotonic: reading.monotonic };
      return epochMillis(Math.floor(at));
    },
    isDoubted() {
      look();
      return state.setBack || state.syncedAt === undefined;
    },
    wrongByMs: () => wrongByMs,
    take(at, sent) {
      const received = look();
      const journeyMs = Math.max(
        received.monotonic - sent.monotonic,
        received.wall - sent.wall, // the monotonic clock stops in sleep
      );
      const isKnown = state.syncedAt !== undefined && !state.setBack;
      if (journeyMs > longestMs && isKnown) return;
      const trusted = epochMillis(Math.round(at + journeyMs / 2));
      wrongByMs = received.wall - trusted;
      const { pending: _, ...rest } = state;
      state = {
        ...rest,
        ...{ offsetMs: trusted - received.wall, syncedAt: trusted, shown: trusted },
        ...{ unseenMs: 0, setBack: false, jumped: false, anchor: received, aheadMs: 0 },
      };
      said = undefined;
      keep(persistClock(state));
    },
  };
}
