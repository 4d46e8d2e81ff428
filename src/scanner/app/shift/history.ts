import type { LogEntry } from '../../../core/log/entry.ts';
import { epochMillis } from '../../../core/units.ts';
import type { LogStore } from '../stores.ts';
import type { PastShift } from './shift-state.ts';

/** Entries read at a time, and shifts listed, newest first. */
const stride = 1000;
const maxShifts = 30;

/** The shifts still on this phone, from the end of the log backwards. */
export async function pastShifts(log: Pick<LogStore, 'head' | 'read'>): Promise<PastShift[]> {
  const shifts = new Map<string, PastShift>();
  let { seq: until } = await log.head();
  while (until > 0 && shifts.size <= maxShifts) {
    const from = Math.max(1, until - stride + 1);
    const entries = await log.read(from, until - from + 1);
    for (const entry of entries.reverse()) addTo(shifts, entry);
    if (entries.length === 0) break; // purged before this
    until = from - 1;
  }
  return [...shifts.values()].slice(0, maxShifts);
}

/** Entries come newest first: the first one seen of a shift is its end, the last one its start. */
function addTo(shifts: Map<string, PastShift>, entry: LogEntry): void {
  if (entry.shift === '') return;
  const known = shifts.get(entry.shift);
  // a form that refers to a scan is about a person who is counted there
  const isPerson = entry.type === 'scan' || (entry.type === 'manual' && entry.ref === undefined);
  shifts.set(entry.shift, {
    id: entry.shift,
    operator: entry.type === 'shift-start' ? entry.operator : (known?.operator ?? ''),
    startedAt: epochMillis(entry.at),
    endedAt: known?.endedAt ?? epochMillis(entry.at),
    people: (known?.people ?? 0) + (isPerson ? 1 : 0),
  });
}
