/** What `bench:log` measures, in a page: the app's own writer, store, table and upload. */

import { clock, randomBytes } from '../../../src/browser/clock.ts';
import { createRemote } from '../../../src/browser/remote/remote.ts';
import { appendEntry } from '../../../src/core/log/chain.ts';
import type { LogEntry } from '../../../src/core/log/entry.ts';
import { logCsv } from '../../../src/core/table/csv.ts';
import { logXlsx } from '../../../src/core/table/xlsx.ts';
import { parseBundle } from '../../../src/core/trust/bundle.ts';
import { peekSignedFile } from '../../../src/core/trust/signed-file.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { enrolDemo } from '../../../src/scanner/app/enrol/enrol.ts';
import { createPause } from '../../../src/scanner/app/shift/spells.ts';
import type { Enrolment } from '../../../src/scanner/app/stores.ts';
import { createLogSync } from '../../../src/scanner/app/sync/log-sync.ts';
import { createLogWriter } from '../../../src/scanner/app/sync/log-writer.ts';
import { createReceiptKeeper } from '../../../src/scanner/app/sync/receipt-keeper.ts';
import { openDevice, openLog } from '../../../src/scanner/device/database.ts';
import { createDeviceStore } from '../../../src/scanner/device/device-store.ts';
import { createLogStore } from '../../../src/scanner/device/log-store.ts';
import { tableWords } from '../../../src/scanner/words/table-words.ts';
import { someScan } from '../../support/log-entries.ts';

const database = openLog();
const log = createLogStore(database);
const remote = createRemote();
const now = () => epochMillis(Date.now());
let enrolment: Enrolment | undefined;

const facts = () => ({ device: enrolment?.device ?? '', gate: 'g', shift: 's', app: '0.1.0' });
const writer = createLogWriter(log, facts);

interface TableTimes {
  readonly ms: number;
  /** Of these, until the entries were there. */
  readonly readMs: number;
  readonly bytes: number;
  /** Tasks of more than 50 ms, and the longest of them; 0: none. */
  readonly longTasks: number;
  readonly longestMs: number;
}

/** Listens for long tasks until told to stop. */
function watchTasks(): () => Promise<Pick<TableTimes, 'longTasks' | 'longestMs'>> {
  const found: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) found.push(duration);
  });
  observer.observe({ type: 'longtask' });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 200)); // they are told later
    observer.disconnect();
    return { longTasks: found.length, longestMs: Math.max(0, ...found) };
  };
}

const bench = {
  async enrol() {
    const parts = { remote, device: createDeviceStore(openDevice()), random: randomBytes };
    const enrolled = await enrolDemo(parts, now());
    if (!enrolled.ok) throw new Error(enrolled.error);
    enrolment = enrolled.value;
  },
  /** Milliseconds of each of `count` appends, as a scan makes them. */
  async append(count: number): Promise<number[]> {
    const times: number[] = [];
    for (let n = 0; n < count; n++) {
      const startedAt = performance.now();
      await writer.append(someScan, { at: now(), quality: 'synced' });
      times.push(performance.now() - startedAt);
    }
    return times;
  },
  /** Brings the log to `size` entries, many to a transaction: only what comes after is measured. */
  async fill(size: number) {
    let head = await log.head();
    while (head.seq < size) {
      const some: LogEntry[] = [];
      while (some.length < 2000 && head.seq < size) {
        const entry = await appendEntry(head, {
          ...facts(),
          at: now(),
          quality: 'synced',
          body: someScan,
        });
        some.push(entry);
        head = { seq: entry.seq, hash: entry.hash };
      }
      await database.use(async (open) => {
        const writing = open.transaction('entries', 'readwrite');
        for (const entry of some) void writing.store.put(entry);
        await writing.done;
      });
    }
  },
  /** Milliseconds from the tap to the bytes of the table, and how long it held the page at most. */
  async exportTable(format: 'csv' | 'xlsx'): Promise<TableTimes> {
    const words = await tableWords('zh-CN');
    const held = watchTasks();
    const startedAt = performance.now();
    const entries = await log.readShift('s');
    const readMs = performance.now() - startedAt;
    const pause = createPause(clock.monotonic);
    const bytes = await (format === 'csv'
      ? logCsv(entries, words, pause)
      : logXlsx(entries, { ...words, at: now() }, pause));
    const ms = performance.now() - startedAt;
    return { ms, readMs, bytes: bytes.length, ...(await held()) };
  },
  /** Milliseconds until the hub has receipted every entry. */
  async sync(): Promise<{ ms: number; entries: number }> {
    const answer = await remote.get('/v1/bundle');
    const payload = peekSignedFile(answer.kind === 'answer' ? answer.body : new Uint8Array(), 1e6);
    const bundle = parseBundle(payload.ok ? payload.value : undefined);
    if (!bundle.ok || !enrolment) throw new Error('no bundle');
    const receiptKeys = () => bundle.value.hub.receiptKeys;
    const receipts = createReceiptKeeper(log, now);
    const { monotonic } = clock;
    const random = randomBytes;
    const its = { log, receipts, remote, random, enrolment, receiptKeys, now, monotonic };
    const sync = createLogSync(its);
    const startedAt = performance.now();
    const outcome = await sync.upload(() => {});
    if (outcome !== 'done') throw new Error(outcome);
    return { ms: performance.now() - startedAt, entries: (await log.cursor())?.seq ?? 0 };
  },
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
