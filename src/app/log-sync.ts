import { toBase64url } from '../core/base64url.ts';
import { utf8 } from '../core/bytes.ts';
import { readJson } from '../core/json.ts';
import { limits } from '../core/limits.ts';
import { buildBatch } from '../core/log/batch.ts';
import type { LogEntry } from '../core/log/entry.ts';
import { isOutdated, openReceipt } from '../core/log/receipt.ts';
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

/** What became of a batch: a problem, one to halve, or how far the hub's receipt says it holds the log. */
type Sent = SyncProblem | 'smaller' | { readonly confirmed: number; readonly wentBack: boolean };

/** How often what the hub does not receipt is offered again, and the newest entry at least: 1 h. */
const wholeEveryMs = 3_600_000;

/**
 * The log is the queue: an upload reads it from the cursor on, and the cursor moves on a valid
 * receipt and on nothing else (protocol 7). What the hub takes and cannot receipt (behind a gap, in
 * quarantine) does not block what is behind it. A receipt signed later may say less: the hub was
 * restored from an older backup, and all that is still held after it is offered again, once an upload.
 */
export function createLogSync(parts: LogSyncParts): LogSync {
  const { log } = parts;
  let size: number = limits.batchEntries;
  /** The last entry the hub has answered for, receipted or not. */
  let offered = 0;
  /** How far the receipts had come then; when they fall behind it, `offered` counts no more. */
  let receipted = 0;
  let wholeAt = Number.NEGATIVE_INFINITY;

  async function send(entries: readonly [LogEntry, ...LogEntry[]]): Promise<Sent> {
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
    return takeReceipt(answer.body, now);
  }

  /** A captive portal's 200 has no receipt; another device's, or one about another log, moves nothing. */
  async function takeReceipt(body: Uint8Array, now: EpochMillis): Promise<Sent> {
    const reply = readJson(body);
    const receipt = reply?.['receipt'];
    if (receipt === undefined || receipt === null) return 'not-the-hub';
    const text = typeof receipt === 'string' ? receipt : JSON.stringify(receipt);
    const opened = await openReceipt(utf8(text), parts.receiptKeys());
    if (!opened.ok || opened.value.device !== parts.enrolment.device) return 'receipt';
    const { seq, head, t } = opened.value;
    const before = await log.cursor();
    if (isOutdated(opened.value, before) || !(await isOurs(seq, head))) return 'receipt';
    await log.setCursor({ seq, head, t, receipt: text, at: epochMillis(now) });
    const confirmed = (await log.cursor())?.seq ?? 0;
    return { confirmed, wentBack: confirmed < (before?.seq ?? 0) };
  }

  /** Whether a receipt is about this very log. Of what was purged only the last hash is known. */
  async function isOurs(seq: number, head: string): Promise<boolean> {
    const base = await log.base();
    if (seq <= base.seq) return seq < base.seq || head === base.hash;
    const [entry] = await log.read(seq, 1);
    return entry?.seq === seq && entry.hash === head;
  }

  /** What was answered for is not sent at every round, even where the receipt stays behind a gap. */
  async function firstToOffer(): Promise<number> {
    const [head, cursor] = await Promise.all([log.head(), log.cursor()]);
    const confirmed = cursor?.seq ?? 0;
    const now = parts.now();
    const wentBack = confirmed < receipted; // in another tab, or more than once in the last upload
    receipted = confirmed;
    if (wentBack) offered = confirmed;
    else if (Math.abs(now - wholeAt) < wholeEveryMs) offered = Math.max(offered, confirmed);
    else {
      wholeAt = now;
      offered = Math.min(confirmed, head.seq - 1);
    }
    return offered + 1;
  }

  return {
    async upload(onProgress) {
      let next = await firstToOffer();
      size = limits.batchEntries; // what was too large once need not be for ever
      let mayGoBack = true;
      for (;;) {
        const [first, ...rest] = await log.read(next, size);
        if (!first) return 'done';
        const sent = await send([first, ...rest]);
        if (sent === 'smaller') {
          size = Math.max(1, Math.floor(size / 2));
          continue;
        }
        if (typeof sent === 'string') return sent;
        const goesBack = sent.wentBack && mayGoBack;
        if (goesBack) mayGoBack = false;
        if (goesBack) receipted = sent.confirmed;
        else if (!sent.wentBack) receipted = Math.max(receipted, sent.confirmed);
        offered = goesBack ? sent.confirmed : (rest.at(-1) ?? first).seq;
        next = offered + 1;
        await onProgress();
      }
    },
  };
}
