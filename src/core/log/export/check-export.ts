import { utf8 } from '../../bytes.ts';
import type { PublicJwk } from '../../jwk.ts';
import { peekSignedFile } from '../../trust/signed-file.ts';
import { type ChainProblem, checkChain } from '../chain.ts';
import { type EntryType, genesisHash, type LogHead } from '../entry.ts';
import { parseEntry } from '../entry-schema.ts';
import { openReceipt, parseReceipt, type Receipt } from '../receipt.ts';
import type { OpenedExport } from './export-json.ts';

/**
 * What is wrong with an export: a break of the chain, `shape` an entry the log cannot hold, `device`
 * an entry of another device, `forged` not signed by the key it names, `receipt` a receipt that is
 * not the hub's or not about this device, `front` the beginning of the shift is not there, `empty`
 * nothing of the shift is.
 */
export type ExportProblem =
  | ChainProblem
  | 'shape'
  | 'device'
  | 'forged'
  | 'receipt'
  | 'front'
  | 'empty';

/**
 * What is missing for a proof: `receipt` the file brings none of the hub's that covers any of its
 * entries, so whoever holds the device key may have written it anew; `trust` there are no keys to
 * check the receipt with; `front` an entry here says that the phone purged the shift's beginning,
 * which the hub had receipted.
 */
export type ExportLack = 'receipt' | 'trust' | 'front';

export interface ExportReport {
  readonly signed: boolean;
  /** The hub's word on how far it holds the log; absent when the file brings none. */
  readonly receipt?: Receipt;
  /** True only when the receipt's signature was checked with the hub's keys. */
  readonly receiptChecked: boolean;
  /** Entries here the receipt does not cover. */
  readonly unreceipted: number;
  /** Without it nothing is proven, though nothing wrong was found. */
  readonly lacks: readonly ExportLack[];
  /** The first thing wrong; `at` is the seq of the entry, where there is one. */
  readonly problem?: { readonly at?: number; readonly problem: ExportProblem };
}

/**
 * Checks an opened export: entries one by one, the chain, its end, the signature, the receipt. With
 * `receiptKeys` (those of the trust bundle) the receipt is proof; without, only a claim that must fit.
 */
export async function checkExport(
  opened: OpenedExport,
  receiptKeys?: readonly PublicJwk[],
): Promise<ExportReport> {
  const receipt = await readReceipt(opened, receiptKeys);
  const problem =
    (await entryProblem(opened, receipt)) ??
    (opened.signed ? undefined : ({ problem: 'forged' } as const)) ??
    (receipt === 'bad' ? ({ problem: 'receipt' } as const) : undefined);
  const held = typeof receipt === 'object' ? receipt : undefined;
  const covers = held !== undefined && held.seq > opened.from.seq;
  const lacks: ExportLack[] = [
    ...(covers ? [] : (['receipt'] as const)),
    ...(receiptKeys ? [] : (['trust'] as const)),
    ...(frontProblem(opened) === 'purged' ? (['front'] as const) : []),
  ];
  return {
    lacks,
    signed: opened.signed,
    receiptChecked: held !== undefined && receiptKeys !== undefined,
    unreceipted: opened.entries.filter(({ seq }) => seq > (held?.seq ?? 0)).length,
    ...(held && { receipt: held }),
    ...(problem && { problem }),
  };
}

async function readReceipt(
  { receipt, device }: OpenedExport,
  keys: readonly PublicJwk[] | undefined,
): Promise<Receipt | 'bad' | undefined> {
  if (receipt === undefined) return undefined;
  const file = utf8(receipt);
  const peeked = peekSignedFile(file, file.length);
  const opened = keys
    ? await openReceipt(file, keys)
    : parseReceipt(peeked.ok ? peeked.value : undefined);
  return opened.ok && opened.value.device === device ? opened.value : 'bad';
}

/** The first bad entry, in the order of the chain. */
async function entryProblem(
  opened: OpenedExport,
  receipt: Receipt | 'bad' | undefined,
): Promise<ExportReport['problem']> {
  const { entries, from, head, device } = opened;
  const found: { at: number; problem: ExportProblem }[] = [];
  if (from.seq === 0 && from.hash !== genesisHash) found.push({ at: 1, problem: 'prev' });
  const front = frontProblem(opened);
  if (front && front !== 'purged') found.push({ at: from.seq + 1, problem: front });
  const chain = await checkChain(entries, from);
  if (!chain.ok) found.push(chain.error);
  const foreign = entries.find((entry) => parseEntry(entry)?.device !== device);
  if (foreign) {
    found.push({ at: foreign.seq, problem: parseEntry(foreign) ? 'device' : 'shape' });
  }
  const hashes = new Map([from, ...entries].map(({ seq, hash }) => [seq, hash]));
  const last = entries.at(-1)?.seq ?? from.seq;
  const known: LogHead[] = [head];
  if (typeof receipt === 'object') known.push({ seq: receipt.seq, hash: receipt.head });
  for (const { seq, hash } of known) {
    if (seq > last) found.push({ at: last + 1, problem: 'cut' });
    else if (seq >= from.seq && hashes.get(seq) !== hash) found.push({ at: seq, problem: 'fork' });
  }
  if (last > head.seq) found.push({ at: head.seq + 1, problem: 'order' });
  return found.sort((a, b) => a.at - b.at)[0];
}

/** The shift begins with its `shift-start`; what the app itself notes may come in before, no person may. */
function frontProblem({
  entries,
  shift,
  from,
}: OpenedExport): 'front' | 'empty' | 'purged' | undefined {
  const parsed = entries.map(parseEntry);
  const own = parsed.filter((entry) => entry?.shift === shift);
  if (shift === '' || own.length === 0) return 'empty';
  const first = own.find((entry) => entry && !notes.includes(entry.type));
  if (first?.type === 'shift-start') return undefined;
  const isPurged = parsed.some((entry) => entry?.type === 'purge' && entry.through === from.seq);
  return isPurged ? 'purged' : 'front';
}
const notes: readonly EntryType[] = ['clock', 'trust', 'supervisor', 'purge', 'export'];
