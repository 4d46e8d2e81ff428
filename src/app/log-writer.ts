import { Fault } from '../core/fault.ts';
import { appendEntry } from '../core/log/chain.ts';
import type { EntryBody, LogEntry, LogHead } from '../core/log/entry.ts';
import type { TrustedNow } from '../core/time/trusted-now.ts';
import type { LogStore } from './ports.ts';

/** Who writes, where, in which shift: read at each entry. */
export interface WriterFacts {
  readonly device: string;
  readonly gate: string;
  readonly shift: string;
  readonly app: string;
}

export interface LogWriter {
  /**
   * Chains and writes one entry; resolves once it is on disk. Entries are written one at a time, in
   * the order asked. Rejects with the store's `Fault`; then nothing was written.
   */
  append(body: EntryBody, now: TrustedNow): Promise<LogEntry>;
}

/**
 * Other tabs may write in between, and one in full flow is the faster: it need not read the head. More
 * lost races than this, seconds of them, means that something is wrong.
 */
const maxRaces = 500;

export function createLogWriter(log: LogStore, facts: () => WriterFacts): LogWriter {
  let head: LogHead | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function write(body: EntryBody, now: TrustedNow): Promise<LogEntry> {
    for (let race = 0; race < maxRaces; race++) {
      head ??= await log.head();
      const entry = await appendEntry(head, { ...facts(), at: now.at, quality: now.quality, body });
      const added = await log.add(entry).catch((fault: unknown) => {
        head = undefined; // the write may or may not have reached the disk: look again
        throw fault;
      });
      head = added.ok ? { seq: entry.seq, hash: entry.hash } : undefined;
      if (added.ok) return entry;
    }
    throw new Fault('storage-unavailable', 'another tab keeps writing the log');
  }

  return {
    append(body, now) {
      const written = last.then(() => write(body, now));
      last = written.catch(() => undefined);
      return written;
    },
  };
}
