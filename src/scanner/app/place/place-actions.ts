import type { ManualForm } from '../../../core/log/manual.ts';
import { shownInside } from '../../../core/log/occupancy.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import { bestEffort } from '../best-effort.ts';
import { type AppStore, clear } from '../store.ts';
import type { ActiveShift, DeviceStore } from '../stores.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import { isLeavingFree } from './way.ts';

export interface PlaceActions {
  /** 进 / 出, at a gate for both. Each entry says it; the switch itself is none. */
  setWay(way: 'in' | 'out'): Promise<void>;
  /** Somebody left whose code cannot be read, or who has none: one tap. Where exits are free only. */
  leaveByHand(): Promise<void>;
  /** 查验不放行: for an open supervisor. Ends with `false` by anybody. */
  setLookOnly(on: boolean): void;
  /** How many are inside by the open supervisor's own count. */
  setHeads(count: number): Promise<void>;
}

interface Needs {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'setShift'>;
  readonly writer: Pick<LogWriter, 'append'>;
  readonly clock: { now(): TrustedNow };
  readonly session: { registerByHand(form: ManualForm): Promise<void> };
}

const gone: ManualForm = { category: 'other', tail: '', companions: 0, dir: 'out' };
/** More than any place holds. */
const mostInside = 9_999_999;

export function createPlaceActions(needs: Needs): PlaceActions {
  const { store, device, writer, clock, session } = needs;
  const isSupervisor = () => store.getState().supervisor.state === 'open';
  return {
    setWay: (way) =>
      bestEffort(store, async () => {
        const { shift, place } = store.getState();
        if (!shift || place?.direction !== 'both') return;
        const { way: _, ...rest } = shift;
        const next: ActiveShift = { ...rest, ...(way === 'out' && { way }) };
        await device.setShift(next);
        store.setState({ shift: next });
      }),
    async leaveByHand() {
      if (isLeavingFree(store.getState())) await session.registerByHand(gone);
    },
    setLookOnly(on) {
      if (!on) return clear(store, 'lookOnly');
      if (isSupervisor()) store.setState({ lookOnly: true });
    },
    setHeads: (count) =>
      bestEffort(store, async () => {
        const { heads } = store.getState();
        if (!isSupervisor() || !heads || !Number.isInteger(count)) return;
        if (count < 0 || count > mostInside || shownInside(heads) > mostInside) return;
        const set = { type: 'supervisor', act: 'count-set', count, was: heads.inside } as const;
        await writer.append(set, clock.now());
      }),
  };
}
