import { createHash } from 'node:crypto';
import { utf8 } from '../../core/bytes.ts';
import { type ChainProblem, type Digest, entryHash } from '../../core/log/chain.ts';
import { emptyHead, type LogHead } from '../../core/log/entry.ts';
import { canonicalJson } from '../../core/log/jcs.ts';
import { openReceipt, parseReceipt, type Receipt } from '../../core/log/receipt.ts';
import type { PublicJwk } from '../../core/trust/bundle.ts';
import { peekSignedFile } from '../../core/trust/signed-file.ts';
import type { Queries } from './database.ts';

/** `row`: a column says something else than the entry it was taken from. `receipt`: not the hub's. */
export type LogProblem = ChainProblem | 'row' | 'receipt';

/** What the hub's copy of one device's log is like. */
export interface LogReport {
  readonly device: string;
  readonly entries: number;
  readonly quarantined: number;
  readonly head: LogHead;
  /** The first thing wrong, by the seq of its entry. */
  readonly problem?: { readonly at: number; readonly problem: LogProblem };
}

interface Row {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly entry: string;
  readonly at: number | null;
  readonly shift: string | null;
  readonly gate: string | null;
  readonly type: string | null;
  readonly reason: string | null;
}
type Found = LogReport['problem'];

const stride = 2000;
const digest: Digest = (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest());

/**
 * Checks the hub's copy of a device's log anew, entry by entry: content, links, columns, and that it
 * reaches as far as the last receipt given for it. With `receiptKeys` that receipt must be signed.
 * Entries in quarantine are part of the chain; a fork is a problem even though both are kept.
 */
export async function verifyLog(
  sql: Queries,
  device: string,
  receiptKeys?: readonly PublicJwk[],
): Promise<LogReport> {
  let head = await lastForgotten(sql, device);
  let problem: Found;
  const count = { entries: 0, quarantined: 0 };
  const receipt = await lastReceipt(sql, device, receiptKeys);
  for (;;) {
    const rows = await readRows(sql, device, head.seq);
    for (const row of rows) {
      problem ??= (await rowProblem(head, row)) ?? receiptProblem(receipt, row);
      if (row.reason !== null) count.quarantined++;
      else count.entries++;
      if (row.reason !== 'fork') head = { seq: row.seq, hash: row.hash };
    }
    if (rows.length === 0) break;
  }
  if (receipt === 'bad') problem ??= { at: head.seq, problem: 'receipt' };
  else if (receipt && receipt.seq > head.seq) problem ??= { at: head.seq + 1, problem: 'cut' };
  return { device, ...count, head, ...(problem && { problem }) };
}

/** What the held log follows: the start, or the last entry forgotten. */
async function lastForgotten(sql: Queries, device: string): Promise<LogHead> {
  const [row] = await sql.query<LogHead>(
    'select forgotten_seq as seq, forgotten_hash as hash from device_heads where device = $1',
    [device],
  );
  return row ?? emptyHead;
}

/** The rows of the next stretch of seqs that holds any, forks after the entry that was first. */
async function readRows(sql: Queries, device: string, after: number): Promise<Row[]> {
  const [next] = await sql.query<{ seq: number | null }>(
    `select min(seq) as seq from (
       select min(seq) as seq from scans where device = $1 and seq > $2
       union all select min(seq) from quarantine where device = $1 and seq > $2) as firsts`,
    [device, after],
  );
  if (next?.seq === null || next === undefined) return [];
  return sql.query<Row>(
    `select seq, prev, hash, entry, at, shift, gate, type, null as reason from scans
       where device = $1 and seq >= $2 and seq < $3
     union all select seq, prev, hash, entry, null, null, null, null, reason from quarantine
       where device = $1 and seq >= $2 and seq < $3
     order by seq, reason nulls first`,
    [device, next.seq, next.seq + stride],
  );
}

async function rowProblem(head: LogHead, row: Row): Promise<Found> {
  const at = row.seq;
  if (row.reason === 'fork') return { at, problem: 'fork' };
  if (row.seq > head.seq + 1) return { at, problem: 'gap' };
  if (row.seq <= head.seq) return { at, problem: 'order' };
  const entry = parse(row.entry);
  if (!entry || row.prev !== entry['prev'] || row.prev !== head.hash)
    return { at, problem: 'prev' };
  const isItself = (await entryHash(entry as never, digest)) === row.hash;
  if (!isItself || entry['hash'] !== row.hash) return { at, problem: 'hash' };
  const columns = { seq: row.seq, ...(row.reason === null && pick(row)) };
  const isSame = Object.entries(columns).every(([name, value]) => entry[name] === value);
  return isSame ? undefined : { at, problem: 'row' };
}

const pick = ({ at, shift, gate, type }: Row) => ({ at, shift, gate, type });

function receiptProblem(receipt: Receipt | 'bad' | undefined, row: Row): Found {
  const isOther = typeof receipt === 'object' && receipt.seq === row.seq;
  return isOther && receipt.head !== row.hash ? { at: row.seq, problem: 'fork' } : undefined;
}

/** The entry, when the text is its canonical JSON. */
function parse(text: string): { readonly [member: string]: unknown } | undefined {
  try {
    const entry = JSON.parse(text) as { readonly [member: string]: unknown };
    return canonicalJson(entry) === text ? entry : undefined;
  } catch {
    return undefined;
  }
}

async function lastReceipt(
  sql: Queries,
  device: string,
  keys: readonly PublicJwk[] | undefined,
): Promise<Receipt | 'bad' | undefined> {
  const [row] = await sql.query<{ receipt: string | null }>(
    'select receipt from device_heads where device = $1',
    [device],
  );
  if (!row?.receipt) return undefined;
  const file = utf8(row.receipt);
  const peeked = peekSignedFile(file, file.length);
  const opened = keys
    ? await openReceipt(file, keys)
    : parseReceipt(peeked.ok ? peeked.value : undefined);
  return opened.ok && opened.value.device === device ? opened.value : 'bad';
}
