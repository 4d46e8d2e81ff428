import { toBase64url } from '../core/base64url.ts';
import { fromUtf8, utf8 } from '../core/bytes.ts';
import { isObject, type JsonObject } from '../core/json.ts';
import { limits } from '../core/limits.ts';
import { buildBatch } from '../core/log/batch.ts';
import type { LogEntry } from '../core/log/entry.ts';
import { openReceipt } from '../core/log/receipt.ts';
import type { PublicJwk } from '../core/trust/bundle.ts';
import { type EpochMillis, epochMillis, toSeconds } from '../core/units.ts';
import type { Enrolment, LogStore, RandomBytes, Remote } from './ports.ts';
import type { SyncProblem } from './state.ts';

export interface LogSyncParts {
  readonly log: LogStore;
  readonly remote: Remote;
  readonly random: RandomBytes;
  readonly enrolment: Pick<Enrolment, 'device' | 'privateKey'>;
  /** Receipt keys of the bundle in force; empty when there is none. */
  receiptKeys(): readonly PublicJwk[];
  now(): EpochMillis;
}

/** How an upload ended: `done` when everything the hub could take is taken. */
export type SyncOutcome = 'done' | SyncProblem;

export interface LogSync {
  /** Uploads from the cursor to the head. Calls `onProgress` after each receipt. */
  upload(onProgress: () => void | Promise<void>): Promise<SyncOutcome>;
}

/**
 * The log is the queue: an upload reads it from the cursor on, and the cursor moves on a valid
 * receipt and on nothing else (protocol 7). A batch the hub cannot fully receipt (an entry in
 * quarantine) does not block those behind it; it is offered again at the next upload.
 */
export function createLogSync(parts: LogSyncParts): LogSync {
  const { log } = parts;
  let size: number = limits.batchEntries;

  async function send(
    entries: readonly [LogEntry, ...LogEntry[]],
  ): Promise<SyncOutcome | 'smaller'> {
    const now = parts.now();
    const batch = await buildBatch(
      {
        device: parts.enrolment.device,
        entries,
        batch: toBase64url(parts.random(12)),
        nonce: toBase64url(parts.random(12)),
        iat: toSeconds(now),
      },
      parts.enrolment.privateKey,
    );
    const answer = await parts.remote.post('/v1/scans', batch, {
      gzip: true,
      contentType: 'application/jose',
    });
    if (answer.kind === 'offline') return 'offline';
    if (answer.status === 413 && entries.length > 1) return 'smaller';
    if (answer.status === 401 || answer.status === 403) return 'refused';
    if (answer.status !== 200) return 'server';
    return takeReceipt(answer.body, entries, now);
  }

  /** A captive portal's 200 has no receipt; another device's, or one about another log, moves nothing. */
  async function takeReceipt(
    body: Uint8Array,
    entries: readonly LogEntry[],
    now: EpochMillis,
  ): Promise<SyncOutcome> {
    const reply = readJson(body);
    const receipt = reply?.['receipt'];
    if (receipt === undefined || receipt === null) return 'not-the-hub';
    const text = typeof receipt === 'string' ? receipt : JSON.stringify(receipt);
    const opened = await openReceipt(utf8(text), parts.receiptKeys());
    if (!opened.ok || opened.value.device !== parts.enrolment.device) return 'receipt';
    const { seq, head } = opened.value;
    const cursor = await log.cursor();
    if (seq <= (cursor?.seq ?? 0)) return 'done'; // the hub waits for something before this batch
    const ours = entries.find((entry) => entry.seq === seq) ?? (await log.read(seq, 1))[0];
    if (ours?.seq !== seq || ours.hash !== head) return 'receipt';
    await log.setCursor({ seq, head, receipt: text, at: epochMillis(now) });
    return 'done';
  }

  return {
    async upload(onProgress) {
      let next = ((await log.cursor())?.seq ?? 0) + 1;
      for (;;) {
        const [first, ...rest] = await log.read(next, size);
        if (!first) return 'done';
        const outcome = await send([first, ...rest]);
        if (outcome === 'smaller') {
          size = Math.max(1, Math.floor(size / 2));
          continue;
        }
        if (outcome !== 'done') return outcome;
        next = (rest.at(-1) ?? first).seq + 1;
        await onProgress();
      }
    },
  };
}

function readJson(body: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(body) ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
