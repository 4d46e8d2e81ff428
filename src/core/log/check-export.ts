import { utf8 } from '../bytes.ts';
import type { PublicJwk } from '../trust/bundle.ts';
import { peekSignedFile } from '../trust/signed-file.ts';
import { type ChainProblem, checkChain } from './chain.ts';
import type { LogHead } from './entry.ts';
import { parseEntry } from './entry-schema.ts';
import type { OpenedExport } from './export-json.ts';
import { openReceipt, parseReceipt, type Receipt } from './receipt.ts';

/**
 * What is wrong with an export: a break of the chain, `shape` an entry the log cannot hold, `device`
 * an entry of another device, `forged` not signed by the key it names, `receipt` a receipt that is
 * not the hub's or not about this device.
 */
export type ExportProblem = ChainProblem | 'shape' | 'device' | 'forged' | 'receipt';

export interface ExportReport {
  readonly signed: boolean;
  /** The hub's word on how far it holds the log; absent when the file brings none. */
  readonly receipt?: Receipt;
  /** True only when the receipt's signature was checked with the hub's keys. */
  readonly receiptChecked: boolean;
  /** Entries here the receipt does not cover. */
  readonly unreceipted: number;
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
  return {
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
  { entries, from, head, device }: OpenedExport,
  receipt: Receipt | 'bad' | undefined,
): Promise<ExportReport['problem']> {
  const found: { at: number; problem: ExportProblem }[] = [];
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
