import { fromHex } from '../../../core/bytes.ts';
import { derivePin, hashPin, isPin } from '../../../core/enrol/pin.ts';
import type { SupervisorBody } from '../../../core/log/entry.ts';
import { epochMillis } from '../../../core/units.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import { type AppStore, clear } from '../store.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import type { TrustedClock } from '../trust/trusted-clock.ts';
import type { PinKeeper } from './pin-keeper.ts';
import { countTry, type PinRecord, readRecord, withPin } from './pin-record.ts';
import type { SupervisorRole } from './supervisor-state.ts';

export interface SupervisorNeeds {
  readonly store: AppStore;
  readonly pins: PinKeeper;
  readonly random: RandomBytes;
  readonly clock: Pick<TrustedClock, 'now'>;
  readonly writer: LogWriter;
}

/**
 * Opens the supervisor's role with the PIN. Five wrong ones in a row close the door for five minutes.
 * A try is counted before it is looked at, in one piece with the look at the lock, so that neither
 * killing the app nor trying in many tabs at once gains anything; each act is in the log. A phone that
 * has no PIN opens to none.
 */
export const openSupervisor = (parts: SupervisorNeeds, pin: string): Promise<void> =>
  whileLooking(parts.store, isPin(pin), () => opened(parts, pin));

async function opened(parts: SupervisorNeeds, pin: string): Promise<SupervisorRole> {
  const { role } = await tryPin(parts, pin);
  if (role.state === 'open') await note(parts, 'opened');
  return role;
}

/** The first PIN of a phone: at the start of its work, never over a card nor within a shift. */
export const setFirstPin = (parts: SupervisorNeeds, pin: string): Promise<void> =>
  whileLooking(parts.store, isPin(pin), async () => {
    if (isAtWork(parts.store)) return { state: 'closed' };
    const hash = await hashPin(pin, parts.random(16));
    let isOurs = false;
    await parts.pins.write((stored) => {
      isOurs = readRecord(stored) === undefined;
      return isOurs ? withPin(undefined, hash) : undefined;
    });
    // of two tabs at once the first one's counts; the other's is a try
    if (!isOurs) return opened(parts, pin);
    parts.store.setState({ pin: 'set' });
    await note(parts, 'pin-set');
    return { state: 'open' };
  });

/** Another PIN in place of the old one, which has to be known: a wrong one is a try, and ends the role. */
export const changePin = (parts: SupervisorNeeds, old: string, pin: string): Promise<void> =>
  whileLooking(parts.store, isPin(old) && isPin(pin), async () => {
    const { role, hash: tried } = await tryPin(parts, old);
    if (role.state !== 'open') return role;
    const hash = await hashPin(pin, parts.random(16));
    let isOurs = false;
    await parts.pins.write((stored) => {
      const kept = readRecord(stored);
      isOurs = kept?.hash === tried; // another tab may have set another meanwhile
      return isOurs ? withPin(kept, hash) : undefined;
    });
    if (!isOurs) return { state: 'wrong' };
    await note(parts, 'pin-set');
    parts.store.setState({ pinChanged: true });
    return role;
  });

/** People are being let in: whoever stands here now is not the one to set a PIN. */
export function isAtWork(store: AppStore): boolean {
  const { shift, card } = store.getState();
  return shift !== undefined || card !== undefined;
}

/** Ends the role as it is to end everywhere: with all that only the supervisor may see or take along. */
export function endRole(store: AppStore, supervisor: SupervisorRole = { state: 'closed' }): void {
  clear(store, 'pastShifts', 'pastReport', 'pinChanged');
  if (store.getState().exportReady?.past) clear(store, 'exportReady');
  store.setState({ supervisor });
}

/** Puts what came of a PIN on screen. `isWhole`: it can be one; the screen has told why it cannot. */
export async function whileLooking(
  store: AppStore,
  isWhole: boolean,
  look: () => Promise<SupervisorRole>,
): Promise<void> {
  if (store.getState().supervisor.state === 'busy') return;
  clear(store, 'pinChanged');
  if (!isWhole) return endRole(store, { state: 'wrong' });
  const busy: SupervisorRole = { state: 'busy' };
  // a screen that closed while the PIN was looked at has ended the role: nobody is there to hold it
  const isThere = () => store.getState().supervisor === busy;
  store.setState({ supervisor: busy });
  try {
    const role = await look();
    if (!isThere()) return;
    if (role.state === 'open') store.setState({ supervisor: role });
    else endRole(store, role);
  } catch (thrown) {
    if (isThere()) endRole(store);
    throw thrown;
  }
}

/** The role the PIN gives; with the right one, the hash it was held against. */
async function tryPin(
  parts: SupervisorNeeds,
  pin: string,
): Promise<{ readonly role: SupervisorRole; readonly hash?: string }> {
  const { pins, clock, store } = parts;
  const { at } = clock.now();
  let kept: PinRecord | undefined;
  await pins.change((stored) => {
    kept = readRecord(stored);
    return kept && at >= kept.lockedUntil ? { ...kept, ...countTry(kept.failures, at) } : undefined;
  });
  store.setState({ pin: kept ? 'set' : 'none' });
  if (!kept) return { role: { state: 'closed' } };
  if (at < kept.lockedUntil) return { role: locked(kept) };
  const salt = fromHex(kept.salt);
  const { hash } = kept;
  if (salt && (await derivePin(pin, salt, kept.rounds)) === hash) {
    await pins.change((stored) => {
      const record = readRecord(stored);
      return record && { ...record, failures: 0, lockedUntil: 0 };
    });
    return { role: { state: 'open' }, hash };
  }
  const tried = countTry(kept.failures, at);
  const isLocked = tried.lockedUntil > at;
  await note(parts, isLocked ? 'locked' : 'wrong-pin');
  return { role: isLocked ? locked(tried) : { state: 'wrong' } };
}

/** Writes an act of the supervisor into the log. */
export async function note(
  { writer, clock }: Pick<SupervisorNeeds, 'writer' | 'clock'>,
  act: SupervisorBody['act'],
): Promise<void> {
  await writer.note({ type: 'supervisor', act }, clock.now());
}

const locked = ({ lockedUntil }: Pick<PinRecord, 'lockedUntil'>): SupervisorRole => ({
  state: 'locked',
  until: epochMillis(lockedUntil),
});
