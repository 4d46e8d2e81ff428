/**
 * A phone's clock model in a world that knows the true time: its wall clock is set, it sleeps, it is
 * closed, and the hub and the authority date things wrongly. What SECURITY.md says is not stopped is
 * kept count of, so that a test can hold the clock to everything else.
 */
import {
  type ClockReading,
  type ClockState,
  type NewestEntry,
  observe,
  type PersistedTime,
  persistClock,
  readClock,
  seeLivePass,
  startClock,
  underSources,
  unwrittenMs,
} from '../../src/core/time/clock-model.ts';
import { lessSkew, sourcesOf } from '../../src/core/time/marks.ts';
import { type SyncOutcome, syncClock } from '../../src/core/time/sync.ts';
import { isSure, type TrustedNow } from '../../src/core/time/trusted-now.ts';
import { epochMillis, epochSeconds, monotonicMillis } from '../../src/core/units.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
const start = 1_800_000_000_000;

interface Published {
  readonly version: number;
  readonly iat: number;
  readonly listIat: number;
  /** Stands for all keys of the hub and the issuers. */
  readonly keys: number;
}

interface Round {
  /** By how much the hub's clock is wrong from now on, and for the first answer only; ms. */
  readonly off?: number;
  readonly once?: number;
  /** Happens after an answer has come and before it is taken in. */
  readonly late?: () => void;
}

export type ClockWorld = ReturnType<typeof createClockWorld>;

export function createClockWorld(wallOffMs: number) {
  let truth = start;
  let wallOff = wallOffMs;
  let mono = 5000;
  let hubOff = 0;
  let published: Published = { version: 1, iat: truth / 1000, listIat: truth / 1000, keys: 1 };
  let held: Published | undefined;
  let state: ClockState;
  let disk: PersistedTime | undefined;
  let newest: NewestEntry = { at: epochMillis(0) };
  let isBorneOut = false;
  /** By how much the clock may run behind: by the sequences SECURITY.md names, since the last sync. */
  let named = 0;

  const read = (): ClockReading => ({
    wall: epochMillis(truth + wallOff),
    monotonic: monotonicMillis(mono),
  });
  const look = (): TrustedNow => {
    const before = state;
    state = observe(state, read());
    // as the app does when it notes it in the log, and when it wakes
    if (before.setBack !== state.setBack || before.jumped !== state.jumped) write();
    if (state.shown - (disk?.shown ?? 0) > unwrittenMs) write();
    return readClock(state, read());
  };
  const write = () => {
    disk = structuredClone(persistClock(state));
  };
  const persist = () => {
    look();
    write();
  };
  const pass = (ms: number) => {
    truth += ms;
    mono += ms;
    look();
  };
  const mayDecide = ({ quality, waiting }: TrustedNow) => quality !== 'bad' && !waiting;

  function view({ iat, listIat, keys }: Published) {
    const key = (use: string) => ({ typs: ['kp'], jwk: { x: `${use}${keys}` } });
    const facts = {
      bundle: {
        iat,
        issuers: [{ id: 'A', keys: [key('live')] }],
        hub: { timeKeys: [{ x: `time${keys}` }] },
      },
      lists: new Map([['A', { iat: epochSeconds(listIat) }]]),
    };
    return facts as unknown as Parameters<typeof sourcesOf>[0];
  }

  /** `late`: what happens between the answer and the moment it is taken in. */
  function askOnce(off: number, late: () => void = () => {}): SyncOutcome | 'offline' {
    if (!held || held.keys !== published.keys) return 'offline';
    const sent = read();
    pass(40);
    const received = read();
    const t = epochSeconds(Math.floor((truth - 20 + off) / 1000));
    const bundle = { iat: held.iat, exp: held.iat + 72 * 3600 };
    const source = `time time${held.keys}`;
    late();
    look(); // a person comes while its signature is checked, at the latest the taking itself
    const taken = syncClock(state, { t, source, sent, received, bundle });
    state = taken.state;
    if (taken.outcome === 'synced') {
      named = Math.max(0, -off);
      persist();
    }
    return taken.outcome;
  }

  /** As the connector asks: `once` is how far off the hub is for the first answer only. */
  function ask(once: number, late?: () => void): void {
    let outcome = askOnce(hubOff + once, late);
    if (outcome === 'ask-again') {
      pass(1100);
      outcome = askOnce(hubOff);
    }
    isBorneOut = outcome === 'synced';
  }

  function refresh(): void {
    const now = look();
    const isSame = held && published.version <= held.version;
    const ahead = Math.max(published.iat, published.listIat) * 1000;
    const isAhead = ahead > now.at + minute;
    const isOver = published.iat * 1000 + 72 * hour <= now.at;
    const isRefused = isSure(now) && isBorneOut && (isAhead || isOver);
    if (!isSame && !isRefused) held = published;
    if (held) state = underSources(state, sourcesOf(view(held)));
    persist();
  }

  const world = {
    run(ms: number) {
      const rest = ms % (5 * second);
      pass(ms - rest);
      persist();
      pass(rest);
    },
    /** Asleep, and meanwhile somebody sets the clock. */
    sleep(ms: number, setMs: number) {
      truth += ms;
      wallOff += setMs;
      if (setMs < 0) named += Math.min(-setMs, ms + 2 * second);
      look();
    },
    setClock(ms: number) {
      wallOff += ms;
      look();
    },
    /** Killed, closed for a while, and meanwhile somebody sets the clock. */
    restart(closedMs: number, setMs: number) {
      truth += closedMs;
      wallOff += setMs;
      mono = (mono * 7) % 9000;
      isBorneOut = false;
      if (setMs < 0) named += Math.min(-setMs, closedMs + 7 * second);
      state = startClock(read(), disk && structuredClone(disk), newest);
      if (held) state = underSources(state, sourcesOf(view(held)));
      persist();
    },
    /** A round with the hub, which is `off` for good or only for its next answer. */
    round({ off = hubOff, once = 0, late }: Round = {}) {
      hubOff = off;
      if (!isSure(look()) || !isBorneOut) ask(once);
      refresh();
      ask(once, late);
    },
    publish({ ahead = 0, listAhead = 0, rotate = false } = {}) {
      const at = Math.floor(truth / 1000);
      published = {
        version: published.version + 1,
        iat: at + Math.floor(ahead / 1000),
        listIat: at + Math.floor(Math.max(0, ahead) / 1000) + Math.floor(listAhead / 1000),
        keys: published.keys + (rotate ? 1 : 0),
      };
    },
    /** An honest person comes with a fresh code; let in or not, there is an entry. */
    livePass() {
      const now = look();
      const iat = epochSeconds(Math.floor((truth - 3 * second) / 1000));
      const age = Math.floor(now.at / 1000) - iat;
      const source = sourcesOf(view(held ?? published)).live.get('A') ?? '';
      if (mayDecide(now) && age >= -30 && age < 90) {
        state = seeLivePass(state, { source, at: lessSkew(iat), sure: isSure(now) });
      }
      newest = { at: now.at, quality: now.quality };
    },
    now: look,
    mayDecide: () => mayDecide(look()),
    /** How far the phone's time lies behind the true one, ms; ahead: negative. */
    lag: () => truth - look().at,
    named: () => named,
    shown: () => look().at,
  };
  state = startClock(read());
  persist();
  return world;
}
