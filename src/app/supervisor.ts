import { fromHex, toHex } from '../core/bytes.ts';
import type { SupervisorBody } from '../core/log/entry.ts';
import { derivePin, isPin, pinRounds } from '../core/pin.ts';
import { type EpochMillis, epochMillis } from '../core/units.ts';
import type { LogWriter } from './log-writer.ts';
import type { DeviceStore, RandomBytes } from './ports.ts';
import type { AppStore } from './store.ts';
import type { TrustedClock } from './trusted-clock.ts';

export interface SupervisorParts {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'supervisor' | 'setSupervisor'>;
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
 * at, so that killing the app gains nothing; each act is in the log.
 */
export async function openSupervisor(parts: SupervisorParts, pin: string): Promise<void> {
  const { store, device, clock } = parts;
  const show = (state: 'wrong' | 'open') => store.setState({ supervisor: { state } });
  if (store.getState().supervisor.state === 'busy') return;
  if (!isPin(pin)) return show('wrong');
  const kept = readRecord(await device.supervisor());
  if (!kept) {
    await setPin(parts, pin);
    return show('open');
  }
  const { at } = clock.now();
  if (at < kept.lockedUntil) return showLock(parts, kept);
  store.setState({ supervisor: { state: 'busy' } });
  const tried = { ...kept, ...countTry(kept.failures, at) };
  await device.setSupervisor(tried);
  const salt = fromHex(kept.salt);
  if (salt && (await derivePin(pin, salt, kept.rounds)) === kept.hash) {
    await device.setSupervisor({ ...kept, failures: 0, lockedUntil: 0 });
    await note(parts, 'opened');
    return show('open');
  }
  const isLocked = tried.lockedUntil > at;
  await note(parts, isLocked ? 'locked' : 'wrong-pin');
  if (isLocked) showLock(parts, tried);
  else show('wrong');
}

/** Replaces the PIN; only asked for by an open supervisor, or where there was none. */
export async function setPin(parts: SupervisorParts, pin: string): Promise<void> {
  if (!isPin(pin)) return;
  const salt = parts.random(16);
  const record: PinRecord = {
    salt: toHex(salt),
    rounds: pinRounds,
    hash: await derivePin(pin, salt),
    failures: 0,
    lockedUntil: 0,
  };
  await parts.device.setSupervisor(record);
  await note(parts, 'pin-set');
}

/** Writes an act of the supervisor into the log. */
export async function note(
  { writer, clock }: Pick<SupervisorParts, 'writer' | 'clock'>,
  act: SupervisorBody['act'],
): Promise<void> {
  await writer.append({ type: 'supervisor', act }, clock.now());
}

function countTry(before: number, at: EpochMillis): Pick<PinRecord, 'failures' | 'lockedUntil'> {
  const failures = before + 1;
  return failures < maxTries
    ? { failures, lockedUntil: 0 }
    : { failures: 0, lockedUntil: at + lockMs };
}

function showLock({ store }: SupervisorParts, { lockedUntil }: PinRecord): void {
  store.setState({ supervisor: { state: 'locked', until: epochMillis(lockedUntil) } });
}

function readRecord(stored: unknown): PinRecord | undefined {
  return typeof stored === 'object' && stored !== null && 'hash' in stored
    ? (stored as PinRecord)
    : undefined;
}
