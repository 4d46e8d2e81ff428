import type { Refusal } from '../../../ports/ask-json.ts';
import type { LiveCode } from '../answers.ts';
import type { HolderStore } from '../holder.ts';
import type { Remote } from '../remote.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { CodeSlice } from './code-slice.ts';
import { boundNow, boundS } from './code-state.ts';
import { type DayCredential, isEnding } from './day-credential.ts';

/** Milliseconds between stamps, protocol 1.2; between tries without a server; until one is called slow. */
const everyMs = 15_000;
const retryMs = 5000;
const slowMs = 3000;
/** Longest that the server may ask to be left alone. */
const longestMs = 300_000;

export interface RoundNeeds {
  readonly slice: CodeSlice;
  readonly remote: Pick<Remote, 'liveCode'>;
  readonly holder: Pick<HolderStore, 'drop'>;
  readonly day: DayCredential;
  readonly clock: ServerClock;
  /** The server has said something of this person: whether it is what is known of them. */
  heard(live: LiveCode): void;
  /** What is kept has changed. */
  changed(): Promise<void>;
}

/**
 * Makes one code and says in how many milliseconds the next is due. What comes when `isMine` says no
 * belongs to somebody who is not shown any longer, and is dropped.
 */
export type Round = (isMine: () => boolean) => Promise<number>;

export function createRound(needs: RoundNeeds): Round {
  const { slice, remote, holder, day, clock } = needs;
  const { now, set, clear } = slice;
  /** By the monotonic clock: when the server may be asked again. */
  let askAt = Number.NEGATIVE_INFINITY;

  /** Where the code is good alone; a place that was entered an hour ago counts as left. */
  function audNow(): string | undefined {
    const { bound } = now();
    if (bound && (clock.now() ?? 0) >= (bound.at + boundS) * 1000) clear('bound');
    return boundNow(now(), clock.now())?.aud;
  }

  /** A stamp of this phone's; where there can be none, a live code stays until it is over. */
  async function stamp(isMine: () => boolean): Promise<void> {
    const made = await day.stamp(now().whose, audNow());
    if (!isMine()) return;
    if (typeof made === 'object') {
      clear('dayProblem');
      return set({ drawn: made });
    }
    if (now().drawn?.kind === 'day' || now().isOfflineChosen) clear('drawn');
    set({ dayProblem: made });
  }

  async function byPhone(isMine: () => boolean): Promise<number> {
    await stamp(isMine);
    if (!isMine()) return 0;
    const asked = day.ensure(now().whose).catch(() => undefined);
    if (now().dayProblem === undefined) return everyMs;
    await asked; // the first one, or the one after: it may be had now
    await stamp(isMine);
    return now().dayProblem === undefined ? everyMs : retryMs;
  }

  async function byServer(isMine: () => boolean): Promise<number> {
    const { whose } = now();
    const asked = remote.liveCode(whose === '' ? undefined : whose, audNow());
    const isSlow = await Promise.race([asked.then(() => false), timeOver(slowMs)]);
    if (isSlow && isMine()) await stamp(isMine);
    const answer = await asked;
    if (!isMine()) return 0;
    return answer.ok ? taken(answer.value, whose) : refused(isMine, answer.error, whose);
  }

  function taken(live: LiveCode, whose: string): number {
    const { text, nextS, ...shown } = live;
    clear('refusal', 'dayProblem');
    set({ drawn: { text, kind: 'live', iat: live.iat, exp: live.exp, shown } });
    void day.ensure(whose, live).catch(() => undefined); // no database: live codes alone
    needs.heard(live);
    return nextS * 1000;
  }

  async function refused(isMine: () => boolean, refusal: Refusal, whose: string): Promise<number> {
    if (refusal.code === 'sign-in-needed') return everyMs;
    set({ refusal });
    if (isEnding(refusal)) {
      clear('drawn');
      await holder.drop(whose).catch(() => undefined);
      await needs.changed();
      return everyMs;
    }
    const waitMs = Math.min(longestMs, (refusal.waitS ?? 0) * 1000);
    askAt = clock.read().monotonic + waitMs;
    await stamp(isMine).catch(() => undefined);
    return Math.max(retryMs, Math.min(everyMs, waitMs));
  }

  return (isMine) => {
    const byItself = now().isOfflineChosen || clock.read().monotonic < askAt;
    return (byItself ? byPhone(isMine) : byServer(isMine)).catch(() => retryMs);
  };
}

const timeOver = (ms: number): Promise<true> =>
  new Promise((resolve) => setTimeout(() => resolve(true), ms));
