import { limits } from '../../../core/limits.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { SyncProblem } from './sync-state.ts';

/** What an upload remembers from batch to batch, and from upload to upload in this run of the app. */
export interface UploadState {
  /** Seq of the last entry the hub has answered for, receipted or not. */
  readonly offered: number;
  /** How far the receipts had come then; when they fall behind it, `offered` counts no more. */
  readonly receipted: number;
  /** When an upload last began at the receipt. */
  readonly wholeAt: number;
  /** Entries of the next batch, by what the line carried lately. */
  readonly size: number;
  /** More than this the hub finds too large; what was too large once need not be for ever. */
  readonly ceiling: number;
  /** Batches in a row that nobody answered. */
  readonly silences: number;
  /** This upload went back once to what the hub has lost. */
  readonly wentBack: boolean;
  /** The hub holds another log of this device: one of the two phones was restored or copied. */
  readonly forked: boolean;
}

/** Before the first upload. */
export const nothingSent: UploadState = {
  offered: 0,
  receipted: 0,
  wholeAt: Number.NEGATIVE_INFINITY,
  size: limits.batchEntries,
  ceiling: limits.batchEntries,
  silences: 0,
  wentBack: false,
  forked: false,
};

/** Seqs: the end of the log, and what the newest receipt of the hub confirms. */
export interface Known {
  readonly head: number;
  readonly receipt: number;
  readonly now: EpochMillis;
}

/** A batch that was sent: its last seq, its number of entries, the milliseconds until its answer. */
export interface SentBatch {
  readonly through: number;
  readonly entries: number;
  readonly tookMs: number;
}

/**
 * What came back. `receipted`: how far the receipts have come with it, and whether that is less than
 * before. `fork`: authentic, and about another log of this device. `silent`: no answer in time.
 */
export type BatchAnswer =
  | { readonly kind: 'receipted'; readonly confirmed: number; readonly isLess: boolean }
  | { readonly kind: 'fork' | 'too-large' | 'silent' }
  | { readonly kind: 'failed'; readonly problem: SyncProblem };

/** How often what the hub does not receipt is offered again, and the newest entry at least: 1 h. */
const wholeEveryMs = 3_600_000;
/** A batch answered within the first grows the next; one that took longer than the second shrinks it. */
const paceMs = { quick: 5_000, slow: 10_000 };
/** As many batches in a row without an answer are a dead line, not a slow one. */
const maxSilences = 4;

/** A new upload. What was answered for is not sent at every round, even where the receipt stays behind a gap. */
export function beginUpload(state: UploadState, { head, receipt, now }: Known): UploadState {
  const begun = { ...state, receipted: receipt, ceiling: limits.batchEntries };
  const next = { ...begun, silences: 0, wentBack: false };
  // in another tab, or more than once in the last upload
  if (receipt < state.receipted) return { ...next, offered: receipt };
  if (Math.abs(now - state.wholeAt) < wholeEveryMs)
    return { ...next, offered: Math.max(state.offered, receipt) };
  return { ...next, offered: Math.min(receipt, head - 1), wholeAt: now };
}

/** The entries to send next: from which seq, and at most how many. */
export function nextBatch(state: UploadState): { readonly from: number; readonly limit: number } {
  return { from: Math.max(0, state.offered) + 1, limit: Math.min(state.size, state.ceiling) };
}

/** Takes an answer in. With a `problem` the upload ends; without, it goes on with `nextBatch`. */
export function afterBatch(
  state: UploadState,
  sent: SentBatch,
  answer: BatchAnswer,
): { readonly state: UploadState; readonly problem?: SyncProblem } {
  const half = Math.max(1, Math.floor(sent.entries / 2));
  switch (answer.kind) {
    case 'receipted':
      return { state: { ...receipted(state, sent, answer), ...pace(state, sent), forked: false } };
    case 'fork': // authentic: it counts as offered, and does not block what is behind it
      return { state: { ...state, offered: sent.through, ...pace(state, sent), forked: true } };
    case 'too-large':
      if (sent.entries === 1) return { state, problem: 'server' };
      return { state: { ...state, ceiling: half } };
    case 'silent': {
      const silences = state.silences + 1;
      const next = { ...state, size: half, silences };
      const isDead = silences >= maxSilences || sent.entries === 1;
      return isDead ? { state: next, problem: 'offline' } : { state: next };
    }
    case 'failed': {
      // cut in the middle: less may come through in one piece
      const isCut = answer.problem === 'offline' && sent.tookMs > paceMs.quick;
      return { state: isCut ? { ...state, size: half } : state, problem: answer.problem };
    }
  }
}

/** A receipt that says less: the hub was restored from a backup, and all after it is offered again, once. */
function receipted(
  state: UploadState,
  { through }: SentBatch,
  { confirmed, isLess }: { readonly confirmed: number; readonly isLess: boolean },
): UploadState {
  if (isLess && !state.wentBack)
    return { ...state, offered: confirmed, receipted: confirmed, wentBack: true };
  const most = isLess ? state.receipted : Math.max(state.receipted, confirmed);
  return { ...state, offered: through, receipted: most };
}

function pace(state: UploadState, { entries, tookMs }: SentBatch) {
  const { size } = state;
  if (tookMs > paceMs.slow) {
    const fitting = Math.floor((entries * paceMs.slow) / tookMs);
    return { size: Math.max(1, Math.min(size, fitting)), silences: 0 };
  }
  const isFull = entries >= Math.min(size, state.ceiling);
  const grown = isFull && tookMs <= paceMs.quick ? size * 2 : size;
  return { size: Math.min(limits.batchEntries, grown), silences: 0 };
}
