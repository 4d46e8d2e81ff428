import { calculateJwkThumbprint } from 'jose';
import { sixDigits } from '../../../core/enrol/fingerprint.ts';
import type { ManualForm } from '../../../core/log/manual.ts';
import { registerByHand } from '../scan/manual-entry.ts';
import type { ScanParts } from '../scan/show-card.ts';
import { pastShifts } from '../shift/history.ts';
import { reportOf } from '../shift/shift.ts';
import type { PastShift } from '../shift/shift-state.ts';
import { clear } from '../store.ts';
import type { DeviceStore, Enrolment, LogStore } from '../stores.ts';
import { createPinKeeper } from './pin-keeper.ts';
import { note, openSupervisor, type SupervisorParts, setPin } from './supervisor.ts';

/** What the hands need of the engine. */
export interface Hands {
  register(form: ManualForm): Promise<void>;
  open(pin: string): Promise<void>;
  close(): void;
  changePin(pin: string): Promise<void>;
  showShift(id: string): Promise<void>;
  /** Shows the six digits of a key that was just enrolled. */
  showDigits(enrolment: Enrolment): Promise<void>;
}

type Parts = Omit<ScanParts, 'presentations' | 'fingerprint' | 'watchSkew' | 'refresh'> &
  Omit<SupervisorParts, 'pins'> & {
    readonly device: Pick<DeviceStore, 'supervisor' | 'changeSupervisor'>;
    readonly log: Pick<LogStore, 'head' | 'read' | 'readShift'>;
  };

/** Everything a supervisor does needs the open role; everything is in the log. */
export function createHands(parts: Parts): Hands {
  const { store, log } = parts;
  const supervisor = { ...parts, pins: createPinKeeper(parts.device) };
  const isOpen = () => store.getState().supervisor.state === 'open';
  return {
    register: (form) => registerByHand(parts, form),
    async open(pin) {
      await openSupervisor(supervisor, pin);
      if (isOpen()) store.setState({ pastShifts: await pastShifts(log) });
    },
    close() {
      clear(store, 'pastShifts');
      store.setState({ supervisor: { state: 'closed' } });
    },
    async changePin(pin) {
      if (isOpen()) await setPin(supervisor, pin);
    },
    async showShift(id) {
      const past = store.getState().pastShifts?.find((shift: PastShift) => shift.id === id);
      if (!isOpen() || !past) return;
      await note(parts, 'report');
      const summary = await reportOf(past, await log.readShift(id), past.endedAt);
      store.setState({ summary });
    },
    async showDigits({ publicJwk }) {
      store.setState({ enrolDigits: sixDigits(await calculateJwkThumbprint(publicJwk)) });
    },
  };
}
