import { toBase64url } from '../../../core/base64url.ts';
import { checkChain } from '../../../core/log/chain.ts';
import { emptyHead, type LogEntry } from '../../../core/log/entry.ts';
import { summarizeShift } from '../../../core/log/shift-summary.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import { bestEffort } from '../best-effort.ts';
import { remember } from '../scan/recent.ts';
import { nobodyByHand, noCounts } from '../scan/scan-state.ts';
import { type AppStore, clear } from '../store.ts';
import type { ActiveShift, DeviceStore, LogStore } from '../stores.ts';
import type { LogWriter } from '../sync/log-writer.ts';
import type { ShiftReport } from './shift-state.ts';

export interface ShiftParts {
  readonly store: AppStore;
  readonly device: Pick<DeviceStore, 'setShift'>;
  readonly log: Pick<LogStore, 'readShift'>;
  readonly writer: LogWriter;
  readonly random: RandomBytes;
}

/**
 * Opens a shift: remembered first, so that its own first entry already belongs to it and a crash in
 * between leaves a shift that `recoverShift` completes.
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
  clear(store, 'summary', 'exportReady');
  store.setState({ shift, counts: noCounts, byHand: nobodyByHand, recent: [] });
  remember(store, await writer.append({ type: 'shift-start', operator: name }, now));
}

/**
 * Closes the shift with its number of scans and puts its summary on screen; its entries stay. On a
 * disk that takes nothing it is over all the same: its last entry waits in memory, and a restart
 * before there is room shows the shift as still running.
 */
export async function endShift(parts: ShiftParts, now: TrustedNow): Promise<void> {
  const { store, device, writer, log } = parts;
  const { shift, counts } = store.getState();
  if (!shift) return;
  const scans = counts.pass + counts.check + counts.stop + counts.unknown;
  const ended = await writer.note({ type: 'shift-end', scans }, now);
  if (ended) remember(store, ended);
  await bestEffort(store, () => device.setShift(undefined));
  const summary = await reportOf(shift, await log.readShift(shift.id), now.at);
  clear(store, 'shift', 'card', 'exportReady');
  store.setState({ summary });
}

/** The guard changes: one shift ends and the next begins, in the log too. */
export async function handOver(
  parts: ShiftParts,
  operator: string,
  now: TrustedNow,
): Promise<void> {
  if (!parts.store.getState().shift) return;
  await endShift(parts, now);
  const { summary } = parts.store.getState();
  await startShift(parts, operator, now);
  if (summary) parts.store.setState({ summary });
}

/** A break, or its end. Not an event of the log: nothing happens to anybody while it lasts. */
export async function setPaused(
  { store, device }: Pick<ShiftParts, 'store' | 'device'>,
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
  return {
    id,
    operator,
    startedAt,
    endedAt,
    ...summarizeShift(entries),
    ...(chain.ok ? {} : { chainBreak: chain.error }),
  };
}
