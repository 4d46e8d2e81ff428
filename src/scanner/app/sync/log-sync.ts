import { toBase64url } from '../../../core/base64url.ts';
import { utf8 } from '../../../core/bytes.ts';
import { type JsonObject, readJson } from '../../../core/json.ts';
import type { PublicJwk } from '../../../core/jwk.ts';
import { buildBatch } from '../../../core/log/batch.ts';
import type { LogEntry } from '../../../core/log/entry.ts';
import { isOutdated, openReceipt, receiptSkewS } from '../../../core/log/receipt.ts';
import {
  type EpochMillis,
  epochMillis,
  epochSeconds,
  type MonotonicMillis,
  toSeconds,
} from '../../../core/units.ts';
import type { Remote } from '../../../ports/remote.ts';
import type { RandomBytes } from '../../../ports/world.ts';
import type { Enrolment, LogStore } from '../stores.ts';
import type { ReceiptKeeper } from './receipt-keeper.ts';
import type { SyncProblem } from './sync-state.ts';
import {
  afterBatch,
  type BatchAnswer,
  beginUpload,
  nextBatch,
  nothingSent,
} from './upload-plan.ts';

export interface LogSyncNeeds {
  readonly log: Pick<LogStore, 'head' | 'read' | 'base'>;
  readonly receipts: Pick<ReceiptKeeper, 'newest' | 'keep'>;
  readonly remote: Remote;
  readonly random: RandomBytes;
  readonly enrolment: Pick<Enrolment, 'device' | 'privateKey'>;
  /** Receipt keys of the bundle in force; empty when there is none. */
  receiptKeys(): readonly PublicJwk[];
  /** Hears an answer whose receipt was taken. */
  told?(reply: JsonObject): Promise<void>;
  now(): EpochMillis;
  monotonic(): MonotonicMillis;
}

/** How an upload ended: `done` when everything the hub could take is taken. */
export type SyncOutcome = 'done' | SyncProblem;

export interface LogSync {
  /** Uploads from the cursor to the head. Calls `onProgress` after each receipt. */
  upload(onProgress: () => void | Promise<void>): Promise<SyncOutcome>;
}

/**
 * The log is the queue: an upload reads it from the cursor on, and the cursor moves on a valid
 * receipt and on nothing else (protocol 7). What is sent when is `upload-plan`'s to say; here it is
 * read, signed, sent, and the answer opened. Nothing here needs the disk to be written.
 */
export function createLogSync(parts: LogSyncNeeds): LogSync {
  const { log, receipts } = parts;
  let state = nothingSent;

  async function send(entries: readonly [LogEntry, ...LogEntry[]]): Promise<BatchAnswer> {
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
    if (answer.kind === 'offline') {
      if (answer.elsewhere) return failed('not-the-hub');
      return answer.silent ? { kind: 'silent' } : failed('offline');
    }
    const { status } = answer;
    if (status === 413) return { kind: 'too-large' };
    if (status === 408) return { kind: 'silent' }; // the hub waited for the rest of it in vain
    if (status === 401 || status === 403) return failed('refused');
    if (status !== 200) return failed('server');
    return takeReceipt(answer.body, now);
  }

  /** A captive portal's 200 has no receipt; another device's moves nothing, nor one about another log. */
  async function takeReceipt(body: Uint8Array, now: EpochMillis): Promise<BatchAnswer> {
    const reply = readJson(body);
    const receipt = reply?.['receipt'];
    if (receipt === undefined || receipt === null) return failed('not-the-hub');
    const text = typeof receipt === 'string' ? receipt : JSON.stringify(receipt);
    const opened = await openReceipt(utf8(text), parts.receiptKeys());
    if (!opened.ok || opened.value.device !== parts.enrolment.device) return failed('receipt');
    const { seq, head, t } = opened.value;
    const before = await receipts.newest();
    if (isOutdated(opened.value, before)) return failed('receipt');
    if (!(await isOurs(seq, head))) return { kind: 'fork' };
    // a hub whose clock was ahead for one answer must not make all later ones look old
    const signedAt = epochSeconds(Math.min(t, toSeconds(now) + receiptSkewS));
    await receipts.keep({ seq, head, t: signedAt, receipt: text, at: epochMillis(now) });
    if (reply) await parts.told?.(reply);
    const confirmed = (await receipts.newest())?.seq ?? 0;
    return { kind: 'receipted', confirmed, isLess: confirmed < (before?.seq ?? 0) };
  }

  /** Whether a receipt is about this very log. Of what was purged only the last hash is known. */
  async function isOurs(seq: number, head: string): Promise<boolean> {
    const base = await log.base();
    if (seq <= base.seq) return seq < base.seq || head === base.hash;
    const [entry] = await log.read(seq, 1);
    return entry?.seq === seq && entry.hash === head;
  }

  return {
    async upload(onProgress) {
      const [head, receipt] = await Promise.all([log.head(), receipts.newest()]);
      state = beginUpload(state, { head: head.seq, receipt: receipt?.seq ?? 0, now: parts.now() });
      for (;;) {
        const { from, limit } = nextBatch(state);
        const [first, ...rest] = await log.read(from, limit);
        if (!first) return state.forked ? 'fork' : 'done';
        const startedAt = parts.monotonic();
        const answer = await send([first, ...rest]);
        const sent = { through: (rest.at(-1) ?? first).seq, entries: 1 + rest.length };
        const tookMs = parts.monotonic() - startedAt;
        const next = afterBatch(state, { ...sent, tookMs }, answer);
        state = next.state;
        if (next.problem !== undefined) return next.problem;
        if (answer.kind === 'receipted') await onProgress();
      }
    },
  };
}

const failed = (problem: SyncProblem) => ({ kind: 'failed', problem }) as const;
