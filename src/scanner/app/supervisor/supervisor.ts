import { fromHex, toHex } from '../../../core/bytes.ts';
import { derivePin, isPin, pinRounds } from '../../../core/enrol/pin.ts';
import type { SupervisorBody } from '../../../core/log/entry.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import type { AppStore } from '../store.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import type { TrustedClock } from '../trust/trusted-clock.ts';
import type { PinKeeper } from './pin-keeper.ts';
import type { SupervisorRole } from './supervisor-state.ts';

export interface SupervisorParts {
  readonly store: AppStore;
  readonly pins: PinKeeper;
  readonly random: RandomBytes;
  readonly clock: Pick<TrustedClock, 'now'>;
  readonly writer: LogWriter;
}

/** A gate for a role, not a lock on data: see SECURITY.md. */
interface PinRecord {
  readonly salt: string;
  readonly rounds: number;
  readonly hash: string;
  readonly failures: number;
  readonly lockedUntil: number;
}

const maxTries = 5;
const lockMs = 5 * 60_000;

/**
 * Opens the supervisor's role with the PIN; the first PIN ever typed on a device becomes its PIN.
 * Five wrong ones in a row close the door for five minutes. A try is counted before it is looked
 * at, in one piece with the look at the lock, so that neither killing the app nor trying in many tabs
 * at once gains anything; each act is in the log.
 */
export async function openSupervisor(parts: SupervisorParts, pin: string): Promise<void> {
  const { store } = parts;
  if (store.getState().supervisor.state === 'busy') return;
  if (!isPin(pin)) return store.setState({ supervisor: { state: 'wrong' } });
  store.setState({ supervisor: { state: 'busy' } });
  try {
    store.setState({ supervisor: await tryPin(parts, pin) });
  } catch (thrown) {
    store.setState({ supervisor: { state: 'closed' } });
    throw thrown;
  }
}

async function tryPin(parts: SupervisorParts, pin: string): Promise<SupervisorRole> {
  const { pins, clock } = parts;
  const { at } = clock.now();
  let kept: PinRecord | undefined;
  await pins.change((stored) => {
    kept = readRecord(stored);
    return kept && at >= kept.lockedUntil ? { ...kept, ...countTry(kept.failures, at) } : undefined;
  });
  if (!kept) return firstPin(parts, pin);
  if (at < kept.lockedUntil) return locked(kept);
  const salt = fromHex(kept.salt);
  if (salt && (await derivePin(pin, salt, kept.rounds)) === kept.hash) {
    await pins.change((stored) => {
      const record = readRecord(stored);
      return record && { ...record, failures: 0, lockedUntil: 0 };
    });
    await note(parts, 'opened');
    return { state: 'open' };
  }
  const tried = countTry(kept.failures, at);
  const isLocked = tried.lockedUntil > at;
  await note(parts, isLocked ? 'locked' : 'wrong-pin');
  return isLocked ? locked(tried) : { state: 'wrong' };
}

/** Of two tabs at once the first one's counts; the other's is a try. */
async function firstPin(parts: SupervisorParts, pin: string): Promise<SupervisorRole> {
  const record = await recordOf(parts, pin);
  let isOurs = false;
  await parts.pins.change((stored) => {
    isOurs = readRecord(stored) === undefined;
    return isOurs ? record : undefined;
  });
  if (!isOurs) return tryPin(parts, pin);
  await note(parts, 'pin-set');
  return { state: 'open' };
}

/** Replaces the PIN; only asked for by an open supervisor, or where there was none. */
export async function setPin(parts: SupervisorParts, pin: string): Promise<void> {
  if (!isPin(pin)) return;
  const record = await recordOf(parts, pin);
  await parts.pins.change(() => record);
  await note(parts, 'pin-set');
}

async function recordOf({ random }: SupervisorParts, pin: string): Promise<PinRecord> {
  const salt = random(16);
  const hash = await derivePin(pin, salt);
  return { salt: toHex(salt), rounds: pinRounds, hash, failures: 0, lockedUntil: 0 };
}

/** Writes an act of the supervisor into the log. */
export async function note(
  { writer, clock }: Pick<SupervisorParts, 'writer' | 'clock'>,
  act: SupervisorBody['act'],
): Promise<void> {
  await writer.note({ type: 'supervisor', act }, clock.now());
}

function countTry(before: number, at: EpochMillis): Pick<PinRecord, 'failures' | 'lockedUntil'> {
  const failures = before + 1;
  return failures < maxTries
    ? { failures, lockedUntil: 0 }
    : { failures: 0, lockedUntil: at + lockMs };
}

const locked = ({ lockedUntil }: Pick<PinRecord, 'lockedUntil'>): SupervisorRole => ({
  state: 'locked',
  until: epochMillis(lockedUntil),
});

function readRecord(stored: unknown): PinRecord | undefined {
  return typeof stored === 'object' && stored !== null && 'hash' in stored
    ? (stored as PinRecord)
    : undefined;
}
