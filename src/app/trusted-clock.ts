import { toBase64url } from '../core/base64url.ts';
import {
  type ClockReading,
  type ClockState,
  observe,
  type PersistedTime,
  persistClock,
  raiseFloor,
  raiseOwn,
  readClock,
  startClock,
  syncClock,
} from '../core/time/clock-model.ts';
import type { TrustedNow } from '../core/time/trusted-now.ts';
import type { PublicJwk } from '../core/trust/bundle.ts';
import { openSignedTime } from '../core/trust/signed-time.ts';
import { type EpochMillis, type EpochSeconds, toMillis } from '../core/units.ts';
import type { Clock, DeviceStore, RandomBytes } from './ports.ts';
import type { Remote } from './remote-port.ts';

/** What happened to the clock, for the log. */
export type ClockEvent = 'synced' | 'set-back' | 'jumped-ahead';

export interface TrustedClock {
  /** Takes one reading of the device's clocks and says what time it is and how good that is. */
  now(): TrustedNow;
  /** A signed instant was seen: time cannot be before it. */
  proof(at: EpochSeconds): void;
  /** This clock said so before, when it was in order: in the log, for one. */
  reached(at: EpochMillis): void;
  /** Asks the hub for signed time; false when it could not be had or did not fit. */
  sync(remote: Remote, keys: readonly PublicJwk[]): Promise<boolean>;
  /** Writes the state down, so that a clock set back while closed is noticed. */
  persist(): Promise<void>;
}

export interface TrustedClockPorts {
  readonly clock: Clock;
  readonly device: Pick<DeviceStore, 'time' | 'setTime'>;
  readonly random: RandomBytes;
  onEvent(event: ClockEvent, offsetMs: number): void;
}

/** Runs the pure clock model (core/time) over the device's clocks. */
export async function createTrustedClock(ports: TrustedClockPorts): Promise<TrustedClock> {
  const read = (): ClockReading => ({
    wall: ports.clock.wall(),
    monotonic: ports.clock.monotonic(),
  });
  let state = startClock(read(), (await ports.device.time()) as PersistedTime | undefined);

  function look(reading: ClockReading): void {
    const next = observe(state, reading);
    const event: ClockEvent | undefined =
      next.setBack && !state.setBack
        ? 'set-back'
        : next.jumped && !state.jumped
          ? 'jumped-ahead'
          : undefined;
    state = next;
    if (event) ports.onEvent(event, state.offsetMs);
  }

  return {
    now() {
      const reading = read();
      look(reading);
      return readClock(state, reading);
    },
    proof(at) {
      state = raiseFloor(state, toMillis(at));
    },
    reached(at) {
      state = raiseOwn(state, at);
    },
    async sync(remote, keys) {
      const synced = await askHub(ports, remote, keys, read, (received, sent, t) =>
        syncClock(observe(state, received), { t, sent, received }),
      );
      if (!synced) return false;
      const before = readClock(state, read()).quality;
      state = synced;
      look(read()); // somebody may have set the clock while the signature was checked
      if (before !== 'synced') ports.onEvent('synced', state.offsetMs);
      // a full disk does not make the time wrong; it is written down again every minute
      await ports.device.setTime(persistClock(state)).catch(() => undefined);
      return true;
    },
    async persist() {
      const now = readClock(state, read());
      // only a clock in order may raise the floor, or a leap forward would stick
      if (now.quality === 'synced' || now.quality === 'held') state = raiseOwn(state, now.at);
      await ports.device.setTime(persistClock(state));
    },
  };
}

type Take = (received: ClockReading, sent: ClockReading, t: EpochSeconds) => ClockState | string;

async function askHub(
  { random }: TrustedClockPorts,
  remote: Remote,
  keys: readonly PublicJwk[],
  read: () => ClockReading,
  take: Take,
): Promise<ClockState | undefined> {
  const nonce = toBase64url(random(16));
  const sent = read();
  const answer = await remote.post('/v1/time', JSON.stringify({ nonce }));
  const received = read();
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  const time = await openSignedTime(answer.body, { keys, nonce });
  const next = time.ok ? take(received, sent, time.value.t) : 'refused';
  return typeof next === 'string' ? undefined : next;
}
