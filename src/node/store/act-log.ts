import { entryHash } from '../../core/log/chain.ts';
import { emptyHead, type LogHead } from '../../core/log/entry.ts';
import { canonicalJson } from '../../core/log/jcs.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries, Sql } from '../database.ts';

/** Who did it: an account by id and the name it had then, or whoever had the program's own command line. */
export type Actor =
  | { readonly operator: string; readonly name: string }
  | 'command-line'
  | 'nobody';

/** What is said of an act besides: ids, counts and words of the operator's. Never a secret. */
export type ActFacts = Readonly<
  Record<string, string | number | boolean | readonly string[] | null>
>;

export interface ActEntry {
  readonly v: 1;
  readonly seq: number;
  readonly at: EpochMillis;
  readonly by: Actor;
  readonly act: string;
  readonly facts: ActFacts;
  readonly prev: string;
  readonly hash: string;
}

/** Writes the act in the transaction of what it does: neither without the other. */
export async function recordAct(
  tx: Queries,
  { at, by, act, facts = {} }: { at: EpochMillis; by: Actor; act: string; facts?: ActFacts },
): Promise<void> {
  // the row is locked, so that acts are written one by one
  const [last] = await tx.query<LogHead>('select seq, hash from operator_log_head for update');
  if (!last) throw new Error('the head of the act log is gone');
  const draft = { v: 1, seq: last.seq + 1, at, by, act, facts, prev: last.hash } as const;
  const hash = await entryHash(draft);
  const entry = hash === undefined ? undefined : canonicalJson({ ...draft, hash });
  if (entry === undefined) throw new Error('act has no canonical form');
  await tx.query(
    'insert into operator_log (seq, at, act, operator, prev, hash, entry) values ($1, $2, $3, $4, $5, $6, $7)',
    [draft.seq, at, act, typeof by === 'string' ? null : by.operator, last.hash, hash, entry],
  );
  await tx.query('update operator_log_head set seq = $1, hash = $2', [draft.seq, hash]);
}

/** One act by itself. */
export const recordActAlone = (sql: Sql, act: Parameters<typeof recordAct>[1]): Promise<void> =>
  sql.transaction((tx) => recordAct(tx, act));

/** The newest first, older than `before`; of one operator, or of one kind. */
export async function listActs(
  sql: Queries,
  {
    before,
    limit,
    operator,
    act,
  }: { before?: number; limit: number; operator?: string; act?: string },
): Promise<ActEntry[]> {
  const rows = await sql.query<{ entry: string }>(
    `select entry from operator_log where ($1::bigint is null or seq < $1)
       and ($2::text is null or operator = $2) and ($3::text is null or act = $3)
     order by seq desc limit $4`,
    [before ?? null, operator ?? null, act ?? null, limit],
  );
  return rows.map(({ entry }) => JSON.parse(entry) as ActEntry);
}

/** An act as it is kept: what can be looked for stands in columns too. */
interface Row extends LogHead {
  readonly at: number;
  readonly act: string;
  readonly operator: string | null;
  readonly prev: string;
  readonly entry: string;
}

const stride = 1000;

/** Where the log breaks first, or how far it is whole. */
export async function verifyActs(
  sql: Queries,
): Promise<{ readonly entries: number; readonly head: string; readonly brokenAt?: number }> {
  let head: LogHead = emptyHead;
  for (;;) {
    const rows = await sql.query<Row>(
      'select seq, at, act, operator, prev, hash, entry from operator_log where seq > $1 order by seq limit $2',
      [head.seq, stride],
    );
    for (const row of rows) {
      if (!(await follows(head, row)))
        return { entries: head.seq, head: head.hash, brokenAt: head.seq + 1 };
      head = { seq: row.seq, hash: row.hash };
    }
    if (rows.length === stride) continue;
    const [last] = await sql.query<LogHead>('select seq, hash from operator_log_head');
    const isCut = last?.seq !== head.seq || last.hash !== head.hash;
    return { entries: head.seq, head: head.hash, ...(isCut && { brokenAt: head.seq + 1 }) };
  }
}

async function follows(head: LogHead, row: Row): Promise<boolean> {
  const entry = parsed(row.entry);
  if (!entry || row.seq !== head.seq + 1 || row.prev !== head.hash) return false;
  const operator = typeof entry.by === 'object' && entry.by !== null ? entry.by.operator : null;
  const columns = [entry.seq, entry.at, entry.act, operator, entry.prev, entry.hash];
  const kept = [row.seq, row.at, row.act, row.operator, row.prev, row.hash];
  return columns.every((value, i) => value === kept[i]) && (await entryHash(entry)) === row.hash;
}

function parsed(text: string): ActEntry | undefined {
  try {
    const entry = JSON.parse(text) as ActEntry;
    return canonicalJson(entry) === text ? entry : undefined;
  } catch {
    return undefined;
  }
}
