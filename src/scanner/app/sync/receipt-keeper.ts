import { receiptSkewS, supersedes } from '../../../core/log/receipt.ts';
import { type EpochMillis, toSeconds } from '../../../core/units.ts';
import type { LogStore, SyncCursor } from '../stores.ts';

/** The hub's newest receipt: on disk, or in memory for as long as the disk does not take it. */
export interface ReceiptKeeper {
  newest(): Promise<SyncCursor | undefined>;
  /** Takes a valid receipt in, unless a newer one is known. Never needs the disk to be written. */
  keep(cursor: SyncCursor): Promise<void>;
  /** Writes down what could not be written before. Never rejects. */
  settle(): Promise<void>;
  /** Forgets what is not on disk: another device begins another log. */
  forget(): void;
}

export function createReceiptKeeper(
  log: Pick<LogStore, 'cursor' | 'setCursor'>,
  now: () => EpochMillis,
): ReceiptKeeper {
  let unwritten: SyncCursor | undefined;

  /** A date yet to come (a hub's clock was ahead, and an older app kept it) makes no other look old. */
  async function onDisk(): Promise<SyncCursor | undefined> {
    const stored = await log.cursor();
    const isAhead = (stored?.t ?? 0) > toSeconds(now()) + receiptSkewS;
    if (!stored || !isAhead) return stored;
    const { t: _, ...undated } = stored;
    return undated;
  }

  async function newest(): Promise<SyncCursor | undefined> {
    const stored = await onDisk();
    if (unwritten && stored && !supersedes(unwritten, stored)) unwritten = undefined;
    return unwritten ?? stored;
  }

  async function write(cursor: SyncCursor): Promise<void> {
    try {
      await log.setCursor(cursor);
      // the disk keeps one dated ahead until a receipt says more; until then this one is in memory
      if (unwritten === cursor && !supersedes(cursor, await onDisk())) unwritten = undefined;
    } catch {
      // tried again with the next round; after a restart the same entries are offered again
    }
  }

  return {
    newest,
    async keep(cursor) {
      if (!supersedes(cursor, await newest())) return;
      unwritten = cursor;
      await write(cursor);
    },
    async settle() {
      if (unwritten) await write(unwritten);
    },
    forget() {
      unwritten = undefined;
    },
  };
}
