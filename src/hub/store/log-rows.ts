import { type Digest, entryHash } from '../../core/log/chain.ts';
import type { LogHead } from '../../core/log/entry.ts';
import { parseEntry } from '../../core/log/entry-schema.ts';
import { canonicalJson } from '../../core/log/jcs.ts';
import type { Queries } from '../../node/database.ts';
import { columnText } from './column-text.ts';
import { columnsOf, type EntryColumns } from './people/entry-columns.ts';
import type { PersonColumns } from './people/person-columns.ts';
import type { LogProblem } from './proof/log-finding.ts';

/** A stored entry; of one in quarantine only the reason instead of the columns. */
export interface LogRow extends Omit<EntryColumns, 'reason'>, PersonColumns {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly entry: string;
  readonly at: number | null;
  readonly shift: string | null;
  readonly gate: string | null;
  readonly type: string | null;
  readonly reason: string | null;
  /** Why the operator put its content away; the link stays. */
  readonly dropped: string | null;
  /** Of an entry in quarantine: hex SHA-256 of its text. */
  readonly sha256: string | null;
  /** Null for one in quarantine, and so is all below. */
  readonly trusted: boolean | null;
  /** False while the columns below are not filled: it was stored before they were there. */
  readonly counted: boolean | null;
  readonly said_reason: string | null;
}

/** Seqs looked at in one go. */
export const stride = 2000;

/** The rows of the next stretch of seqs that holds any, forks after the entry that was first. */
export async function readRows(sql: Queries, device: string, after: number): Promise<LogRow[]> {
  const [next] = await sql.query<{ seq: number | null }>(
    `select min(seq) as seq from (
       select min(seq) as seq from scans where device = $1 and seq > $2
       union all select min(seq) from quarantine where device = $1 and seq > $2) as firsts`,
    [device, after],
  );
  if (next?.seq === null || next === undefined) return [];
  return sql.query<LogRow>(
    `select seq, prev, hash, entry, at, shift, gate, type,
         null as reason, null as dropped, null as sha256, trusted, counted,
         state, reason as said_reason, issuer, jti, kind, dir, root, outcome, end_state, end_reason
       from scans where device = $1 and seq >= $2 and seq < $3
     union all select seq, prev, hash, entry, null, null, null, null, reason, dropped, entry_sha256,
         null, null, null, null, null, null, null, null, null, null, null, null
       from quarantine where device = $1 and seq >= $2 and seq < $3
     order by seq, reason nulls first`,
    [device, next.seq, next.seq + stride],
  );
}

/** What is wrong with a row as the follower of `head`, by itself. */
export async function rowProblem(
  device: string,
  head: LogHead,
  row: LogRow,
  digest: Digest,
): Promise<LogProblem | undefined> {
  if (row.reason === 'fork') return 'fork';
  if (row.seq > head.seq + 1) return 'gap';
  if (row.seq <= head.seq) return 'order';
  if (row.prev !== head.hash) return 'prev';
  if (row.dropped !== null) return undefined;
  const entry = parse(row.entry);
  if (!entry) return row.reason === 'shape' ? 'shape' : 'prev';
  if (row.prev !== entry['prev']) return 'prev';
  const isItself = (await entryHash(entry as never, digest)) === row.hash;
  if (!isItself || entry['hash'] !== row.hash) return 'hash';
  if (entry['device'] !== device) return 'device';
  return isAsItsEntry(row, entry) ? undefined : 'row';
}

type Entry = { readonly [member: string]: unknown };

function isAsItsEntry(row: LogRow, entry: Entry): boolean {
  if (row.seq !== entry['seq']) return false;
  if (row.reason !== null) return true;
  const { at, type } = row;
  const texts = { shift: row.shift, gate: row.gate, type };
  const isSame = ([name, value]: [string, unknown]) => columnText(`${entry[name]}`) === value;
  if (at !== entry['at'] || !Object.entries(texts).every(isSame)) return false;
  const said = columnsOf(row.counted ? parseEntry(entry) : undefined);
  return Object.entries({ ...row, reason: row.said_reason }).every(
    ([name, value]) => !(name in said) || said[name as keyof EntryColumns] === value,
  );
}

/** The entry, when the text is its canonical JSON. */
function parse(text: string): Entry | undefined {
  try {
    const entry = JSON.parse(text) as Entry;
    return canonicalJson(entry) === text ? entry : undefined;
  } catch {
    return undefined;
  }
}
