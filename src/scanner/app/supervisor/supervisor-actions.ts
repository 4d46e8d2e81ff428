import { bestEffort } from '../best-effort.ts';
import { pastShifts } from '../shift/history.ts';
import { reportOf } from '../shift/shift.ts';
import { clear } from '../store.ts';
import type { DeviceStore, LogStore } from '../stores.ts';
import { createPinKeeper } from './pin-keeper.ts';
import { note, openSupervisor, type SupervisorParts, setPin } from './supervisor.ts';

export interface SupervisorActions {
  /** Opens the supervisor's role; the first PIN on a device becomes its PIN. */
  openSupervisor(pin: string): Promise<void>;
  closeSupervisor(): void;
  changePin(pin: string): Promise<void>;
  /** Puts a past shift on screen as `summary`. */
  showPastShift(id: string): Promise<void>;
}

type Needs = Omit<SupervisorParts, 'pins'> & {
  readonly device: Pick<DeviceStore, 'supervisor' | 'changeSupervisor'>;
  readonly log: Pick<LogStore, 'head' | 'read' | 'readShift'>;
};

/** Everything a supervisor does needs the open role; everything is in the log. */
export function createSupervisorActions(needs: Needs): SupervisorActions {
  const { store, log } = needs;
  const supervisor = { ...needs, pins: createPinKeeper(needs.device) };
  const isOpen = () => store.getState().supervisor.state === 'open';
  return {
    openSupervisor: (pin) =>
      bestEffort(store, async () => {
        await openSupervisor(supervisor, pin);
        if (isOpen()) store.setState({ pastShifts: await pastShifts(log) });
      }),
    closeSupervisor() {
      clear(store, 'pastShifts');
      store.setState({ supervisor: { state: 'closed' } });
    },
    changePin: (pin) =>
      bestEffort(store, async () => {
        if (isOpen()) await setPin(supervisor, pin);
      }),
    showPastShift: (id) =>
      bestEffort(store, async () => {
        const past = store.getState().pastShifts?.find((shift) => shift.id === id);
        if (!isOpen() || !past) return;
        await note(needs, 'report');
        const summary = await reportOf(past, await log.readShift(id), past.endedAt);
        store.setState({ summary });
      }),
  };
}
