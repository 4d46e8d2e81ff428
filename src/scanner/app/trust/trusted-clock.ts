import { toBase64url } from '../../../core/base64url.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import {
  type ClockReading,
  type ClockState,
  type NewestEntry,
  observe,
  persistClock,
  readClock,
  seeLivePass,
  seeNewest,
  slackMs,
  startClock,
  underSources,
  unwrittenMs,
} from '../../../core/time/clock-model.ts';
import { lessSkew, type Sources, sourcesOf, timeSource } from '../../../core/time/marks.ts';
import { type SyncOutcome, syncClock } from '../../../core/time/sync.ts';
import { isSure, type TrustedNow } from '../../../core/time/trusted-now.ts';
import { mergeClocks } from '../../../core/time/two-tabs.ts';
import { openSignedTime, type SignedTime } from '../../../core/trust/signed-time.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import type { EpochSeconds } from '../../../core/units.ts';
import type { Remote } from '../../../ports/remote.ts';
import type { Clock, RandomBytes } from '../../../ports/world.ts';
import type { DeviceStore } from '../stores.ts';

/** What happened to the clock, for the log. */
export type ClockEvent = 'synced' | 'set-back' | 'jumped-ahead';

export interface TrustedClock {
  /** Takes one reading of the device's clocks and says what time it is and how good that is. */
  now(): TrustedNow;
  /** This trust set is in force: its files vouch for time, and keys it lacks no longer do. */
  trust(view: TrustView): void;
  /** A live pass of this issuer, stamped then, was let in. */
  livePass(issuer: string, iat: EpochSeconds): void;
  /** Asks the hub for signed time, once; `offline` also when the answer is not what it should be. */
  sync(remote: Remote, view: TrustView): Promise<SyncOutcome | 'offline'>;
  /** Signed time has named a newer bundle than the one in hand. */
  isBehind(): boolean;
  /** Writes the state down, so that a clock set back while closed is noticed. */
  persist(): Promise<void>;
}

export interface TrustedClockPorts {
  readonly rawClock: Clock;
  readonly device: Pick<DeviceStore, 'time' | 'changeTime'>;
  readonly random: RandomBytes;
  /** The newest log entry, by this clock: it is not earlier now, nor worth more before a sync. */
  readonly newestEntry?: NewestEntry;
  onEvent(event: ClockEvent, offsetMs: number): void;
}

/** Runs the pure clock model (core/time) over the device's clocks. */
export async function createTrustedClock(ports: TrustedClockPorts): Promise<TrustedClock> {
  const read = (): ClockReading => ({
    wall: ports.rawClock.wall(),
    monotonic: ports.rawClock.monotonic(),
  });
  const stored = (await ports.device.time()) as object | undefined;
  let state = startClock(read(), stored, ports.newestEntry);
  let sources: Sources | undefined;
  /** Time shown as last written down. */
  let written: number = state.shown;
  let told: Pick<ClockState, 'setBack' | 'jumped'> = state;

  function look(reading: ClockReading): void {
    state = observe(state, reading);
    const before = told;
    told = state;
    if (state.setBack && !before.setBack) ports.onEvent('set-back', state.offsetMs);
    else if (state.jumped && !before.jumped) ports.onEvent('jumped-ahead', state.offsetMs);
    // awake again, or late: a kill now must not undo the time that has passed
    if (state.shown - written > unwrittenMs) void write().catch(() => undefined);
  }

  async function write(): Promise<void> {
    written = state.shown;
    await ports.device.changeTime((kept) => mergeClocks(kept, persistClock(state)));
  }

  function now(): TrustedNow {
    const reading = read();
    look(reading);
    return readClock(state, reading);
  }

  async function take(answer: HubAnswer, view: TrustView): Promise<SyncOutcome> {
    // up to this moment; the reading at the answer's arrival is older, and would look like a clock set back
    const before = now();
    const { time, ...journey } = answer;
    const versions = { named: time.bundleVersion, held: view.bundle.version };
    const source = timeSource(time.key);
    const taken = syncClock(state, { ...journey, t: time.t, source, bundle: view.bundle });
    const movedMs = Math.abs(taken.state.offsetMs - state.offsetMs);
    state = taken.state;
    if (taken.outcome === 'synced') told = state;
    state = seeNewest(state, versions, now().at); // which also looks: the clock may have been set meanwhile
    if (taken.outcome !== 'synced') return taken.outcome;
    if (before.quality !== 'synced' || movedMs > slackMs) ports.onEvent('synced', state.offsetMs);
    // a full disk is no reason not to know what time it is
    await write().catch(() => undefined);
    return 'synced';
  }

  return {
    now,
    trust(view) {
      sources = sourcesOf(view);
      state = underSources(state, sources);
      const { version } = view.bundle;
      const named = state.newer?.version ?? version;
      state = seeNewest(state, { named, held: version }, now().at);
    },
    livePass(issuer, iat) {
      const source = sources?.live.get(issuer);
      if (source === undefined) return;
      state = seeLivePass(state, { source, at: lessSkew(iat), sure: isSure(now()) });
    },
    async sync(remote, view) {
      const answer = await askHub(ports, remote, view.bundle.hub.timeKeys, read);
      return answer ? take(answer, view) : 'offline';
    },
    isBehind: () => state.newer !== undefined,
    async persist() {
      look(read());
      await write();
    },
  };
}

interface HubAnswer {
  readonly time: SignedTime;
  readonly sent: ClockReading;
  readonly received: ClockReading;
}

async function askHub(
  { random }: TrustedClockPorts,
  remote: Remote,
  keys: readonly PublicJwk[],
  read: () => ClockReading,
): Promise<HubAnswer | undefined> {
  const nonce = toBase64url(random(16));
  const sent = read();
  const answer = await remote.post('/v1/time', JSON.stringify({ nonce }));
  const received = read();
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  const time = await openSignedTime(answer.body, { keys, nonce });
  return time.ok ? { time: time.value, sent, received } : undefined;
}
