import { toBase64url } from '../core/base64url.ts';
import type { TrustedNow } from '../core/time/trusted-now.ts';
import type { LogWriter } from './log-writer.ts';
import type { ActiveShift, DeviceStore, RandomBytes } from './ports.ts';
import { remember } from './recent.ts';
import { noCounts } from './state.ts';
import { type AppStore, clear } from './store.ts';

export interface ShiftParts {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'setShift'>;
  readonly writer: LogWriter;
  readonly random: RandomBytes;
}

/**
 * Opens a shift: remembered first, so that its own first entry already belongs to it and a crash in
 * between leaves a shift that can be ended.
 */
export async function startShift(
  { store, device, writer, random }: ShiftParts,
  operator: string,
  now: TrustedNow,
): Promise<void> {
  if (store.getState().shift) return;
  const name = operator.replace(/\p{Surrogate}/gu, ''); // half an emoji has no canonical JSON
  const shift: ActiveShift = { id: toBase64url(random(9)), operator: name, startedAt: now.at };
  await device.setShift(shift);
  store.setState({ shift, counts: noCounts, recent: [] });
  remember(store, await writer.append({ type: 'shift-start', operator: name }, now));
}

/** Closes the shift with its number of scans; its entries stay in the log. */
export async function endShift(
  { store, device, writer }: ShiftParts,
  now: TrustedNow,
): Promise<void> {
  const { shift, counts } = store.getState();
  if (!shift) return;
  const scans = counts.pass + counts.check + counts.stop + counts.unknown;
  remember(store, await writer.append({ type: 'shift-end', scans }, now));
  await device.setShift(undefined);
  clear(store, 'shift', 'card');
}
