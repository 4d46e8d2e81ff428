import type { LogEntry } from '../../src/core/log/entry.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import type { Card } from '../../src/scanner/app/scan/scan-state.ts';
import type { LogStore } from '../../src/scanner/app/stores.ts';
import { readReceipt } from './own-reading.ts';
import type { Presented } from './texts.ts';

const receiptKey = demoKeys().receipt.jwk;

/** A verdict a guard saw. */
export interface Shown {
  readonly person: Presented;
  readonly card: Card;
  /** How wrong the phone's clock was then, in milliseconds. */
  readonly wrongMs: number;
  /** The true time before the text was shown and after the card came. */
  readonly from: number;
  readonly to: number;
}

/** Sees what one phone shows and writes and what the hub answers, and forgets nothing of it. */
export class Witness {
  readonly shown: Shown[] = [];
  /** Every entry that ever was on disk, by seq. */
  readonly written = new Map<number, LogEntry>();
  /** Up to which seq was purged, and how often that went beyond every receipt seen till then. */
  purgedThrough = 0;
  purgedTooEarly = 0;
  #receipted = 0;

  /** The log store, with everything it really did noted down. */
  watch(log: LogStore): LogStore {
    return {
      ...log,
      add: async (entry) => {
        const added = await log.add(entry);
        if (added.ok) this.written.set(entry.seq, structuredClone(entry));
        return added;
      },
      purge: async (through) => {
        const done = await log.purge(through);
        if (done) {
          this.purgedThrough = Math.max(this.purgedThrough, through);
          if (through > this.#receipted) this.purgedTooEarly++;
        }
        return done;
      },
    };
  }

  /** The hub's own answer to an upload, whatever the network makes of it afterwards. */
  answered(body: Uint8Array): void {
    try {
      const { receipt } = JSON.parse(Buffer.from(body).toString());
      const said = readReceipt(receipt, receiptKey);
      if (said && said.seq > this.#receipted) this.#receipted = said.seq;
    } catch {
      // an error, which promises nothing
    }
  }
}
