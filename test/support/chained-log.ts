import { appendEntry } from '../../src/core/log/chain.ts';
import {
  type EntryBody,
  emptyHead,
  type LogEntry,
  type LogHead,
} from '../../src/core/log/entry.ts';
import { epochMillis } from '../../src/core/units.ts';

export interface LogPlace {
  readonly device: string;
  readonly gate?: string;
  readonly shift?: string;
  /** Time of the first entry. */
  readonly from: number;
  readonly stepMs?: number;
  readonly head?: LogHead;
}

/** These bodies as the log of a device, chained, one every `stepMs` (default a minute). */
export async function chainedLog(
  bodies: readonly EntryBody[],
  {
    device,
    gate = 'demo-gate',
    shift = 'shift-1',
    from,
    stepMs = 60_000,
    head = emptyHead,
  }: LogPlace,
): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let last = head;
  for (const [i, body] of bodies.entries()) {
    const at = epochMillis(from + i * stepMs);
    const base = { device, shift, at, quality: 'synced', gate, app: '1.0.0' } as const;
    const entry = await appendEntry(last, { ...base, body });
    entries.push(entry);
    last = { seq: entry.seq, hash: entry.hash };
  }
  return entries;
}
