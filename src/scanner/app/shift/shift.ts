import { toBase64url } from '../../../core/base64url.ts';
import { checkChain } from '../../../core/log/chain.ts';
import { emptyHead, type LogEntry } from '../../../core/log/entry.ts';
import type { ScannedWith } from '../../../core/log/outcome.ts';
import { paperOf } from '../../../core/log/shift-paper.ts';
import { summarizeShift } from '../../../core/log/shift-summary.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import { bestEffort } from '../best-effort.ts';
import { remember } from '../scan/recent.ts';
import { nobody, nobodyLeft, noCounts } from '../scan/scan-state.ts';
import { type AppStore, clear } from '../store.ts';
import type { ActiveShift, DeviceStore, HandedOver, LogStore } from '../stores.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import { rememberGuard } from './guards.ts';
import { leftOpen } from './handed-over.ts';
import type { ShiftReport } from './shift-state.ts';

export interface ShiftNeeds {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'setShift' | 'changeGuards'>;
  readonly log: Pick<LogStore, 'readShift'>;
  readonly writer: LogWriter;
  readonly random: RandomBytes;
}

/**
 * Opens a shift: remembered first, so that its own first entry already belongs to it and a crash in
 * between leaves a shift that `recoverShift` completes.
 */
export async function startShift(
  { store, device, writer, random }: ShiftNeeds,
  operator: string,
  now: TrustedNow,
  scannedWith?: ScannedWith,
  before?: HandedOver,
): Promise<void> {
  if (store.getState().shift) return;
  const name = operator.replace(/\p{Surrogate}/gu, ''); // half an emoji has no canonical JSON
  const said = scannedWith && { scannedWith };
  const id = toBase64url(random(9));
  const shift: ActiveShift = {
    id,
    operator: name,
    startedAt: now.at,
    ...said,
    ...(before && { before }),
  };
  await device.setShift(shift);
  clear(store, 'summary', 'exportReady', 'tally');
  const none = { counts: noCounts, byHand: nobody, outcomes: nobody, left: nobodyLeft, looks: 0 };
  store.setState({ shift, ...none, recent: [] });
  remember(store, await writer.append({ type: 'shift-start', operator: name, ...said }, now));
  await bestEffort(store, () => rememberGuard({ store, device }, name));
}

/**
 * Closes the shift with its number of scans and puts its summary on screen; its entries stay. On a
 * disk that takes nothing it is over all the same: its last entry waits in memory, and a restart
 * before there is room shows the shift as still running.
 */
export async function endShift(parts: ShiftNeeds, now: TrustedNow): Promise<void> {
  const { store, device, writer, log } = parts;
  const { shift, tally } = store.getState();
  if (!shift) return;
  const scans = tally?.summary().scanned ?? 0;
  const ended = await writer.note({ type: 'shift-end', scans }, now);
  if (ended) remember(store, ended);
  await bestEffort(store, () => device.setShift(undefined));
  const summary = await reportOf(shift, await log.readShift(shift.id), now.at);
  clear(store, 'shift', 'card', 'exportReady', 'lookOnly');
  store.setState({ summary });
}

/** The guard changes: one shift ends and the next begins, in the log too. */
export async function handOver(
  parts: ShiftNeeds,
  operator: string,
  now: TrustedNow,
  scannedWith?: ScannedWith,
): Promise<void> {
  const { shift } = parts.store.getState();
  if (!shift) return;
  await endShift(parts, now);
  const state = parts.store.getState();
  const { summary } = state;
  await startShift(parts, operator, now, scannedWith, {
    operator: shift.operator,
    ...leftOpen(state),
  });
  if (summary) parts.store.setState({ summary });
}

/** A break, or its end. Not an event of the log: nothing happens to anybody while it lasts. */
export async function setPaused(
  { store, device }: Pick<ShiftNeeds, 'store' | 'device'>,
  paused: boolean,
  { at }: TrustedNow,
): Promise<void> {
  const { shift } = store.getState();
  if (!shift || (shift.pausedAt !== undefined) === paused) return;
  const { pausedAt: _, ...running } = shift;
  const next: ActiveShift = paused ? { ...running, pausedAt: at } : running;
  await device.setShift(next);
  store.setState({ shift: next });
}

/** What the supervisor sees at the end: the numbers, and whether the shift's chain is whole. */
export async function reportOf(
  { id, operator, startedAt }: Pick<ActiveShift, 'id' | 'operator' | 'startedAt'>,
  entries: readonly LogEntry[],
  endedAt: EpochMillis,
): Promise<ShiftReport> {
  const [first] = entries;
  const from = first ? { seq: first.seq - 1, hash: first.prev } : emptyHead;
  const chain = await checkChain(entries, from);
  const paper = paperOf(entries);
  return {
    id,
    operator,
    startedAt,
    endedAt,
    ...summarizeShift(entries),
    ...(paper && { paper }),
    ...(chain.ok ? {} : { chainBreak: chain.error }),
  };
}
