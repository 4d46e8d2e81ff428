import { isSure, type TrustedNow } from '../../../core/time/trusted-now.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { AppStore } from '../store.ts';
import type { LogStore } from '../stores.ts';
import type { LogWriter } from './log-writer.ts';
import { type Dated, purgePoint } from './purge-point.ts';

/** How long a shift stays on the phone after it is over, so that it can be exported: 7 days. */
export const exportWindowMs = 7 * 24 * 3_600_000;

export interface PurgeNeeds {
  readonly store: AppStore;
  readonly log: LogStore;
  readonly writer: LogWriter;
  readonly clock: { now(): TrustedNow };
}

/** Entries looked at, and forgotten, at a time: a scan never waits long behind a purge. */
const stride = 1000;

/**
 * Forgets the shifts the hub has receipted and whose export window is over (protocol 6). Noted in
 * the log first, so that no entry is ever missing without a word; nothing while the clock is in doubt,
 * or where the last upload did not end well: a hub restored from a backup would have said so there.
 */
export async function purgeLog({ store, log, writer, clock }: PurgeNeeds): Promise<void> {
  const now = clock.now();
  if (!isSure(now)) return;
  if (store.getState().sync.problem !== undefined) return;
  const before = epochMillis(now.at - exportWindowMs);
  const [base, head, cursor] = await Promise.all([log.base(), log.head(), log.cursor()]);
  const old = await readOld(log, base.seq + 1, before);
  const shift = store.getState().shift?.id;
  const rules = { receipted: cursor?.seq ?? 0, head: head.seq, before };
  const through = purgePoint(old, { ...rules, ...(shift !== undefined && { shift }) });
  if (through <= base.seq) return;
  await writer.append({ type: 'purge', through }, now);
  for (let next = base.seq; next < through; ) {
    next = Math.min(through, next + stride);
    if (!(await log.purge(next))) return;
  }
}

/** Every entry from `seq` on that is old, and the one after; only what their age is judged by. */
async function readOld(log: LogStore, seq: number, before: EpochMillis): Promise<Dated[]> {
  const old: Dated[] = [];
  for (;;) {
    const some = await log.read(seq + old.length, stride);
    old.push(...some.map(dated));
    const last = some.at(-1);
    if (some.length < stride || !last || last.at >= before) return old;
  }
}

const dated = ({ seq, at, shift, quality }: Dated): Dated => ({ seq, at, shift, quality });
