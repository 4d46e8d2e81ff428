import { limits } from '../limits.ts';
import { type EpochMillis, type EpochSeconds, epochMillis, toMillis } from '../units.ts';
import { type ClockReading, type ClockState, ownTime, slackMs } from './clock-model.ts';
import { filesOnly, floorOf, lessSkew, withMark } from './marks.ts';

/** A signed time over our nonce, checked already, and the two readings around its journey. */
export interface SignedAnswer {
  readonly t: EpochSeconds;
  /** Which time key signed it. */
  readonly source: string;
  readonly sent: ClockReading;
  readonly received: ClockReading;
  /** The bundle in hand. */
  readonly bundle: { readonly iat: number; readonly exp: number };
}

/**
 * `synced`: taken. `ask-again`: it contradicts this clock, an earlier signed time, an issuer's stamp
 * or the bundle, so it counts only if another, a second or more later, says the same.
 * `outside-bundle`: another said so, and the bundle in hand allows no such time: one of the two, or
 * this clock, is wrong, and none of them may refuse the next bundle. `too-slow`: says nothing.
 */
export type SyncOutcome = 'synced' | 'ask-again' | 'too-slow' | 'outside-bundle';

const maxRoundTripMs = 5000;
/** How far after a bundle's end its word still bounds signed time. */
const afterBundleS = 30 * 24 * 3600;
const apartMs = 1000;
const agreeMs = 5000;
const skewMs = limits.skewS * 1000;

/** Takes a signed time in: protocol 5.1 and 5.3. One that contradicts what is known needs a second that agrees. */
export function syncClock(
  { pending, ...state }: ClockState,
  answer: SignedAnswer,
): { readonly state: ClockState; readonly outcome: SyncOutcome } {
  const { t, source, sent, received, bundle } = answer;
  const kept = pending ? { ...state, pending } : state;
  const rtt = received.monotonic - sent.monotonic;
  // the monotonic clock stops in sleep: an answer slept over is old, whatever it says
  const longest = Math.max(rtt, received.wall - sent.wall);
  if (!(rtt >= 0 && longest <= maxRoundTripMs)) return { state: kept, outcome: 'too-slow' };
  const offsetMs = offsetOf(state, toMillis(t) + rtt / 2 - received.wall, rtt);
  const trusted = epochMillis(Math.round(received.wall + offsetMs));
  const word = { tMs: toMillis(t) + rtt / 2, received };
  const isInside = t >= bundle.iat - limits.skewS && t < bundle.exp + afterBundleS;
  const isSecond = pending !== undefined && agree(pending, word);
  if (!isSecond && !(isInside && fits(state, trusted, received))) {
    return { state: { ...state, pending: word }, outcome: 'ask-again' };
  }
  if (!isInside) return { state, outcome: 'outside-bundle' };
  const marks = isSecond ? filesOnly(state.marks) : state.marks;
  return {
    state: {
      ...state,
      offsetMs,
      syncedAt: trusted,
      syncs: (state.syncs ?? 0) + 1,
      shown: trusted,
      unseenMs: 0,
      marks: withMark(marks, source, lessSkew(t)),
      setBack: false,
      jumped: false,
      anchor: received,
      aheadMs: 0,
    },
    outcome: 'synced',
  };
}

/** t is cut to a whole second: an offset that agrees within it is the better one, and stays. */
const offsetOf = ({ offsetMs }: ClockState, next: number, rtt: number): number =>
  Math.abs(next - offsetMs) <= 1000 + rtt / 2 ? offsetMs : Math.round(next);

/** It moves this clock by no more than the skew, and does not lie before any mark. */
function fits(state: ClockState, trusted: EpochMillis, received: ClockReading): boolean {
  const shown = Math.max(ownTime(state, received), state.shown);
  return Math.abs(trusted - shown) <= skewMs && trusted + slackMs >= floorOf(state.marks);
}

type Word = NonNullable<ClockState['pending']>;

function agree(first: Word, second: Word): boolean {
  const apart = second.received.monotonic - first.received.monotonic;
  return apart >= apartMs && Math.abs(second.tMs - first.tMs - apart) <= agreeMs;
}
