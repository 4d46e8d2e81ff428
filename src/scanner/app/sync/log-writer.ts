import { asFault, Fault, type FaultCode } from '../../../core/fault.ts';
import { appendEntry } from '../../../core/log/chain.ts';
import type { EntryBody, LogEntry, LogHead } from '../../../core/log/entry.ts';
import type { TrustedNow } from '../../../core/time/trusted-now.ts';
import type { LogStore } from '../stores.ts';

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
  /**
   * Writes down what happens whether or not it can be written: a file goes out, a shift ends. What
   * the disk does not take is kept in memory and written before the next entry. Never rejects;
   * undefined while it waits.
   */
  note(body: EntryBody, now: TrustedNow): Promise<LogEntry | undefined>;
  /** Tries again to write what waits. Never rejects. */
  settle(): Promise<void>;
}

interface Draft {
  readonly body: EntryBody;
  readonly now: TrustedNow;
  readonly facts: WriterFacts;
}

/**
 * Other tabs may write in between, and one in full flow is the faster: it need not read the head. More
 * lost races than this, seconds of them, means that something is wrong.
 */
const maxRaces = 500;
/** Notes kept in memory while the disk takes nothing; the oldest are dropped. */
const maxWaiting = 100;

/**
 * `onWaiting` hears why a note has to wait, and `undefined` when all of them are on disk; `onWritten`
 * each entry that is.
 */
export function createLogWriter(
  log: LogStore,
  facts: () => WriterFacts,
  onWaiting: (fault: FaultCode | undefined) => void = () => undefined,
  onWritten: (entry: LogEntry) => void = () => undefined,
): LogWriter {
  let head: LogHead | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const waiting: Draft[] = [];

  async function write({ body, now, facts: said }: Draft): Promise<LogEntry> {
    for (let race = 0; race < maxRaces; race++) {
      head ??= await log.head();
      const entry = await appendEntry(head, { ...said, at: now.at, quality: now.quality, body });
      const added = await log.add(entry).catch((fault: unknown) => {
        head = undefined; // the write may or may not have reached the disk: look again
        throw fault;
      });
      head = added.ok ? { seq: entry.seq, hash: entry.hash } : undefined;
      if (added.ok) {
        onWritten(entry);
        return entry;
      }
    }
    throw new Fault('storage-unavailable', 'another tab keeps writing the log');
  }

  async function settle(): Promise<void> {
    if (waiting.length === 0) return;
    for (let [next] = waiting; next; [next] = waiting) {
      await write(next);
      waiting.shift();
    }
    onWaiting(undefined);
  }

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = last.then(task);
    last = done.catch(() => undefined);
    return done;
  }

  async function append(draft: Draft): Promise<LogEntry> {
    await settle();
    return write(draft);
  }

  async function note(draft: Draft): Promise<LogEntry | undefined> {
    try {
      return await append(draft);
    } catch (thrown) {
      waiting.push(draft);
      if (waiting.length > maxWaiting) waiting.shift();
      onWaiting(asFault(thrown, 'storage-unavailable').code);
      return undefined;
    }
  }

  return {
    append: (body, now) => inTurn(() => append({ body, now, facts: facts() })),
    note(body, now) {
      const draft = { body, now, facts: facts() }; // at once: the shift may be over by its turn
      return inTurn(() => note(draft));
    },
    settle: () => inTurn(settle).catch(() => undefined),
  };
}
