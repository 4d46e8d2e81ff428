import type { DecisionBody, EntryBase, LogEntry } from '../../../core/log/entry.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Reason, VerdictState } from '../../../core/verify/verdict.ts';

/** One person at the gate, as the shift list tells it. */
export interface Row {
  readonly seq: number;
  readonly at: EpochMillis;
  readonly state: VerdictState;
  /** Absent for somebody registered by hand. */
  readonly reason?: Reason;
  readonly issuer?: string;
  readonly temperatureC?: number;
  readonly companions?: number;
  readonly synced: boolean;
  readonly dir?: 'out';
}

/**
 * The scans and manual entries among `entries` (newest first), each with the guard's last
 * decision worked in. The newest `unsynced` entries of the log are not uploaded yet.
 */
export function rowsOf(entries: readonly LogEntry[], unsynced: number): Row[] {
  const uploaded = (entries[0]?.seq ?? 0) - unsynced;
  const decisions = new Map<number, EntryBase & DecisionBody>();
  for (const entry of entries)
    if (entry.type === 'decision')
      decisions.set(entry.ref, { ...entry, ...decisions.get(entry.ref) });
  return entries.flatMap((entry) => rowOf(entry, decisions.get(entry.seq), uploaded));
}

function rowOf(
  entry: LogEntry,
  decision: (EntryBase & DecisionBody) | undefined,
  uploaded: number,
): Row[] {
  if (entry.type !== 'scan' && entry.type !== 'manual') return [];
  const temperatureC = decision?.temperatureC ?? entry.temperatureC;
  const companions = decision?.companions ?? entry.companions;
  const shared = {
    seq: entry.seq,
    at: entry.at,
    synced: (decision?.seq ?? entry.seq) <= uploaded,
    ...(temperatureC !== undefined && { temperatureC }),
    ...(companions ? { companions } : {}),
    ...(entry.dir && { dir: entry.dir }),
  };
  if (entry.type === 'manual') return [{ ...shared, state: entry.admitted ? 'pass' : 'stop' }];
  const { state, reason } = decision ?? entry;
  return [{ ...shared, state, reason, ...(entry.iss !== undefined && { issuer: entry.iss }) }];
}
