import {
  type EpochMillis,
  type EpochSeconds,
  epochMillis,
  type MonotonicMillis,
  toMillis,
} from '../units.ts';
import type { ClockQuality, TrustedNow } from './trusted-now.ts';

/** One reading of both of the device's clocks, taken together. Neither is trusted. */
export interface ClockReading {
  readonly wall: EpochMillis;
  readonly monotonic: MonotonicMillis;
}

/** What survives a restart. Plain data: stored as it is. */
export interface PersistedTime {
  /** Trusted minus wall time in ms, at the last sync; 0 before the first. */
  readonly offsetMs: number;
  /** Trusted time of the last sync. */
  readonly syncedAt?: EpochMillis;
  /** Time cannot be before this: signed times, iat of bundle, lists and accepted tokens. */
  readonly floor: EpochMillis;
  /**
   * Nor before what this clock itself said before. A clock that ran ahead says too much, so unlike
   * the floor it gives way to a signed time.
   */
  readonly own?: EpochMillis;
  /** The wall clock was found behind the monotonic one, or the floor: only a sync clears it. */
  readonly setBack: boolean;
  /** The wall clock ran ahead of the monotonic one: slept, or set forward. */
  readonly jumped: boolean;
}

/** The clock model's state (protocol 5): pure data, replaced and never changed. */
export interface ClockState extends PersistedTime {
  /**
   * The reading since start or sync at which wall was furthest ahead of monotonic. Compared with
   * this one, many small steps back add up like one large one.
   */
  readonly anchor: ClockReading;
}

/** Thresholds of protocol 5, in ms. */
const slackMs = 2000;
const maxRoundTripMs = 5000;
const syncedMs = 12 * 3600_000;
const lostMs = 72 * 3600_000;

const firstStart: PersistedTime = {
  offsetMs: 0,
  floor: epochMillis(0),
  setBack: false,
  jumped: false,
};

/** The state at the start of the app: what was persisted, and a first reading. */
export function startClock(
  reading: ClockReading,
  persisted: PersistedTime = firstStart,
): ClockState {
  const { offsetMs, syncedAt, floor, own, setBack, jumped } = persisted;
  return {
    offsetMs,
    ...(syncedAt !== undefined && { syncedAt }),
    floor,
    ...(own !== undefined && { own }),
    setBack,
    jumped,
    anchor: reading,
  };
}

/**
 * Compares wall with monotonic, and both with the floor. Behind either by more than 2 s is proof of a
 * clock set back, which waiting does not mend; ahead is ambiguous, since a phone's monotonic clock
 * stops in sleep.
 */
export function observe(state: ClockState, reading: ClockReading): ClockState {
  const wallMs = reading.wall - state.anchor.wall;
  const drift = wallMs - (reading.monotonic - state.anchor.monotonic);
  const isBehindFloor = reading.wall + state.offsetMs + slackMs < earliest(state);
  return {
    ...state,
    setBack: state.setBack || isBehindFloor || drift < -slackMs,
    jumped: state.jumped || drift > slackMs,
    anchor: drift > 0 ? reading : state.anchor,
  };
}

/** A signed instant proves that at least this much time has passed. It only ever raises the floor. */
export function raiseFloor(state: ClockState, proof: EpochMillis): ClockState {
  return proof > state.floor ? { ...state, floor: proof } : state;
}

/** This clock, when it was in order, said that it is at least so late. */
export function raiseOwn(state: ClockState, at: EpochMillis): ClockState {
  return at > earliest(state) ? { ...state, own: at } : state;
}

const earliest = ({ floor, own = floor }: PersistedTime): EpochMillis =>
  epochMillis(Math.max(floor, own));

/** Takes a signed time in: accepted up to 5 s of round trip and not before the floor. */
export function syncClock(
  state: ClockState,
  { t, sent, received }: { t: EpochSeconds; sent: ClockReading; received: ClockReading },
): ClockState | 'too-slow' | 'before-floor' {
  const rtt = received.monotonic - sent.monotonic;
  // the monotonic clock stops in sleep: an answer slept over is old, whatever it says
  const longest = Math.max(rtt, received.wall - sent.wall);
  if (!(rtt >= 0 && longest <= maxRoundTripMs)) return 'too-slow';
  const offset = toMillis(t) + rtt / 2 - received.wall;
  // t is cut to a whole second: an offset that agrees within it is the better one, and stays
  const offsetMs =
    Math.abs(offset - state.offsetMs) <= 1000 + rtt / 2 ? state.offsetMs : Math.round(offset);
  const trusted = epochMillis(Math.round(received.wall + offsetMs));
  // it may honestly lie a second before an instant already acted on
  if (trusted + slackMs < state.floor) return 'before-floor';
  return {
    offsetMs,
    syncedAt: trusted,
    floor: epochMillis(Math.max(state.floor, trusted)),
    setBack: false,
    jumped: false,
    anchor: received,
  };
}

/** Trusted time and how good it is at a reading. Never before the floor. */
export function readClock(state: ClockState, reading: ClockReading): TrustedNow {
  const now = epochMillis(Math.round(reading.wall + state.offsetMs));
  return { at: epochMillis(Math.max(now, earliest(state))), quality: quality(state, now) };
}

function quality(state: ClockState, now: EpochMillis): ClockQuality {
  if (state.setBack || now + slackMs < earliest(state)) return 'bad';
  if (state.syncedAt === undefined) return 'unconfirmed';
  const age = now - state.syncedAt;
  if (age > lostMs) return 'bad';
  if (state.jumped) return 'unconfirmed';
  return age < syncedMs ? 'synced' : 'held';
}

/** What to write to disk. */
export function persistClock({ anchor: _anchor, ...persisted }: ClockState): PersistedTime {
  return persisted;
}
