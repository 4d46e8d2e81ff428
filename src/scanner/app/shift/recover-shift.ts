import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import { epochMillis } from '../../../core/units.ts';
import { bestEffort } from '../best-effort.ts';
import { type AppStore, clear } from '../store.ts';
import type { ActiveShift, DeviceStore, LogStore } from '../stores.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import { lastScannedWith, lastWay } from '../trust/scanned-with.ts';
import { lastShift } from './export.ts';

export interface RecoverNeeds {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'setShift'>;
  readonly log: LogStore;
  readonly writer: LogWriter;
}

/**
 * Puts the remembered shift and the log together again after a crash between the two: the log has
 * the last word on an end, the memory on a beginning. Before the first scan. A disk that takes
 * nothing does not keep the app from starting: what it holds is still to be uploaded.
 */
export async function recoverShift(parts: RecoverNeeds, now: TrustedNow): Promise<void> {
  const { store, device, log, writer } = parts;
  const { shift } = store.getState();
  if (!shift) {
    const open = await openShift(log);
    if (!open) return;
    store.setState({ shift: open });
    await bestEffort(store, () => device.setShift(open));
    return;
  }
  const types = new Set((await log.readShift(shift.id)).map(({ type }) => type));
  if (types.has('shift-end')) {
    clear(store, 'shift');
    await bestEffort(store, () => device.setShift(undefined));
  } else if (!types.has('shift-start')) {
    await writer.note(
      {
        type: 'shift-start',
        operator: shift.operator,
        ...(shift.scannedWith && { scannedWith: shift.scannedWith }),
      },
      now,
    );
  }
}

/** The last shift of the log, when it has begun there and not ended. */
async function openShift(log: LogStore): Promise<ActiveShift | undefined> {
  const id = await lastShift(log);
  const entries = id === undefined ? [] : await log.readShift(id);
  const start = entries.find((entry) => entry.type === 'shift-start');
  if (id === undefined || !start || entries.some(({ type }) => type === 'shift-end')) return;
  const scannedWith = lastScannedWith(entries);
  const startedAt = epochMillis(start.at);
  const way = lastWay(entries);
  const said = { ...(scannedWith && { scannedWith }), ...(way && { way }) };
  return { id, operator: start.operator, startedAt, ...said };
}
