import { bestEffort } from '../best-effort.ts';
import { pastShifts } from '../shift/history.ts';
import { reportOf } from '../shift/shift.ts';
import { clear } from '../store.ts';
import type { DeviceStore, LogStore } from '../stores.ts';
import type { PinKeeper } from './pin-keeper.ts';
import { readRecord } from './pin-record.ts';
import { createPinReset, type PinResetNeeds } from './pin-reset.ts';
import { changePin, endRole, note, openSupervisor, setFirstPin } from './supervisor.ts';

export interface SupervisorActions {
  /** Looks whether this phone has a PIN: `pin`. */
  lookForPin(): Promise<void>;
  /** Opens the supervisor's role. */
  openSupervisor(pin: string): Promise<void>;
  /** Sets the PIN of a phone that has none, outside of a shift, and opens the role. */
  setFirstPin(pin: string): Promise<void>;
  /** Ends the role, and everything that only it may see. */
  closeSupervisor(): void;
  changePin(old: string, pin: string): Promise<void>;
  /** With the text of an operator's reset code, outside of a shift: `pinReset`. */
  takePinReset(text: string): Promise<void>;
  /** The new PIN, by the reset code just taken; opens the role. */
  resetPin(pin: string): Promise<void>;
  /** Puts a past shift on screen as `pastReport`. */
  showPastShift(id: string): Promise<void>;
  closePastShift(): void;
}

interface Needs extends PinResetNeeds {
  readonly device: Pick<DeviceStore, 'supervisor'>;
  readonly log: Pick<LogStore, 'head' | 'read' | 'readShift'>;
}

/** Everything a supervisor does needs the open role; everything is in the log. */
export function createSupervisorActions(needs: Needs): SupervisorActions {
  const { store, log, pins } = needs;
  const reset = createPinReset(needs);
  const isOpen = () => store.getState().supervisor.state === 'open';
  const opening = (open: () => Promise<void>) =>
    bestEffort(store, async () => {
      await open();
      if (!isOpen()) return;
      const shifts = await pastShifts(log);
      if (isOpen()) store.setState({ pastShifts: shifts });
    });
  return {
    lookForPin: () => bestEffort(store, () => lookForPin(needs, pins)),
    openSupervisor: (pin) => opening(() => openSupervisor(needs, pin)),
    setFirstPin: (pin) => opening(() => setFirstPin(needs, pin)),
    closeSupervisor() {
      reset.drop();
      endRole(store);
    },
    changePin: (old, pin) =>
      bestEffort(store, async () => {
        if (isOpen()) await changePin(needs, old, pin);
      }),
    takePinReset: (text) => bestEffort(store, () => reset.take(text)),
    resetPin: (pin) => opening(() => reset.setPin(pin)),
    showPastShift: (id) =>
      bestEffort(store, async () => {
        const past = store.getState().pastShifts?.find((shift) => shift.id === id);
        if (!isOpen() || !past) return;
        await note(needs, 'report');
        const pastReport = await reportOf(past, await log.readShift(id), past.endedAt);
        if (isOpen()) store.setState({ pastReport });
      }),
    closePastShift: () => clear(store, 'pastReport'),
  };
}

async function lookForPin({ store }: Pick<Needs, 'store'>, pins: PinKeeper): Promise<void> {
  await pins.change((stored) => {
    store.setState({ pin: readRecord(stored) ? 'set' : 'none' });
    return undefined;
  });
}
