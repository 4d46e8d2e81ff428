import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Answer, Events, Refusal } from './remote.ts';

/** Something the hub tells whenever it changes. */
export interface Live<T> {
  readonly data?: T;
  readonly refusal?: Refusal;
  /**
   * `live`: told as it happens; `asking`: no stream can be had, and it is asked for every few seconds;
   * `lost`: the last question was not answered.
   */
  readonly line: 'opening' | 'live' | 'asking' | 'lost';
  /** When the hub was heard of last, by this browser's clock. */
  readonly heardAt?: number;
}

export interface LiveQuery<T>
  extends Pick<StoreApi<Live<T>>, 'getState' | 'subscribe' | 'getInitialState'> {
  /** Asks for the stream, from now until `pause`. */
  resume(): void;
  /** Nobody looks on. */
  pause(): void;
  /** Asks once, at once. */
  refresh(): Promise<void>;
}

export interface LiveNeeds<T> {
  open(): Promise<Answer<Events>>;
  load(): Promise<Answer<T>>;
  now(): number;
  random(): number;
}

/** The hub says something every 20 s; a line that says less is dead, whatever the browser thinks. */
export const silenceMs = 45_000;
const askMs = 5000;
const longestMs = 30_000;

/**
 * Keeps data up to date by a stream; where it cannot be had, or ends, by asking: after one second at
 * first, then ever longer, to 5 s while the hub answers and 30 s while it does not. Somewhat at random,
 * for a hub that was started anew has all its pages asking.
 */
export function createLiveQuery<T>({ open, load, now, random }: LiveNeeds<T>): LiveQuery<T> {
  const store = createStore<Live<T>>(() => ({ line: 'opening' }));
  const set = store.setState;
  let run = 0;
  let stop: (() => void) | undefined;

  const kept = (): { readonly data?: T; readonly heardAt?: number } => {
    const { data, heardAt } = store.getState();
    return { ...(data !== undefined && { data }), ...(heardAt !== undefined && { heardAt }) };
  };

  async function ask(mine: number, line: 'asking' | 'live' = 'asking'): Promise<boolean> {
    const answer = await load();
    if (mine !== run) return false;
    if (answer.ok) set({ data: answer.value, line, heardAt: now() }, true);
    else set({ ...kept(), refusal: answer.error, line: 'lost' }, true);
    return answer.ok;
  }

  /** Until the stream is over; says how long it told anything, in milliseconds, and when to try again. */
  async function watch(mine: number): Promise<{ readonly ms: number; readonly waitS: number }> {
    const opened = await open();
    if (!opened.ok) return { ms: 0, waitS: opened.error.waitS ?? 0 };
    const events = opened.value;
    if (mine !== run) {
      events.cancel();
      return { ms: 0, waitS: 0 };
    }
    let since: number | undefined;
    stop = () => events.cancel();
    for (;;) {
      const timer = setTimeout(() => events.cancel(), silenceMs);
      const messages = await events.next();
      clearTimeout(timer);
      if (!messages || mine !== run) break;
      for (const { event, data } of messages) {
        const value = event === 'day' ? (JSON.parse(data) as T) : store.getState().data;
        if (event === 'day') since ??= now();
        if (since !== undefined && value !== undefined)
          set({ data: value, line: 'live', heardAt: now() }, true);
      }
    }
    stop = undefined;
    events.cancel();
    return { ms: since === undefined ? 0 : now() - since, waitS: 0 };
  }

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      stop = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function keepUp(mine: number): Promise<void> {
    let fails = 0;
    let streamAt = 0;
    while (mine === run) {
      if (now() >= streamAt) {
        const { ms, waitS } = await watch(mine).catch(() => ({ ms: 0, waitS: 0 }));
        if (mine !== run) return;
        fails = ms > longestMs ? 0 : fails + 1;
        streamAt = now() + waitS * 1000;
      }
      const isAnswered = await ask(mine);
      if (mine !== run) return;
      const most = isAnswered ? askMs : longestMs;
      await sleep(Math.min(most, 1000 * 2 ** Math.min(fails, 5)) * (0.75 + random() / 2));
    }
  }

  function pause(): void {
    run++;
    stop?.();
    stop = undefined;
  }

  return {
    ...store,
    resume() {
      pause();
      void keepUp(run);
    },
    pause,
    async refresh() {
      await ask(run, store.getState().line === 'live' ? 'live' : 'asking');
    },
  };
}
