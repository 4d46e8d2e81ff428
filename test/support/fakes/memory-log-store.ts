import { emptyHead, type LogEntry, type LogHead } from '../../../src/core/log/entry.ts';
import { supersedes } from '../../../src/core/log/receipt.ts';
import { err, ok } from '../../../src/core/result.ts';
import type { LogStore, SyncCursor } from '../../../src/scanner/app/stores.ts';
import { type Breakable, breaker } from './failing.ts';

/** What is "on disk"; give the same one to two stores to have two tabs. */
export interface MemoryLog {
  readonly entries: Map<number, LogEntry>;
  cursor?: SyncCursor | undefined;
  base?: LogHead | undefined;
}

export function memoryLogStore(
  disk: MemoryLog = { entries: new Map() },
): LogStore & Breakable & { readonly disk: MemoryLog } {
  const { check, checkWrite, breakWith, breakWritesWith } = breaker();
  const sorted = () => [...disk.entries.values()].sort((a, b) => a.seq - b.seq);
  return {
    disk,
    breakWith,
    breakWritesWith,
    async head() {
      check();
      const last = sorted().at(-1);
      return last ? { seq: last.seq, hash: last.hash } : emptyHead;
    },
    async add(entry) {
      checkWrite();
      if (disk.entries.has(entry.seq)) return err('conflict');
      disk.entries.set(entry.seq, structuredClone(entry));
      return ok(undefined);
    },
    async read(from, limit) {
      check();
      const found = sorted().filter((entry) => entry.seq >= from);
      return structuredClone(found.slice(0, limit));
    },
    async readShift(shift) {
      check();
      return structuredClone(sorted().filter((entry) => entry.shift === shift));
    },
    async cursor() {
      check();
      return disk.cursor;
    },
    async setCursor(cursor) {
      checkWrite();
      if (supersedes(cursor, disk.cursor)) disk.cursor = { ...cursor };
    },
    async base() {
      check();
      return disk.base ?? emptyHead;
    },
    async purge(through) {
      checkWrite();
      const last = disk.entries.get(through);
      const head = sorted().at(-1)?.seq ?? 0;
      if (!last || (disk.cursor?.seq ?? 0) < through || head <= through) return false;
      for (const seq of disk.entries.keys()) if (seq <= through) disk.entries.delete(seq);
      disk.base = { seq: last.seq, hash: last.hash };
      return true;
    },
    async startOver() {
      checkWrite();
      if ((disk.cursor?.seq ?? 0) < (sorted().at(-1)?.seq ?? 0)) return false;
      disk.entries.clear();
      disk.cursor = undefined;
      disk.base = undefined;
      return true;
    },
  };
}
