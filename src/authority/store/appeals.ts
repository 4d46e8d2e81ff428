import { toBase64url } from '../../core/base64url.ts';
import type { ReasonClass } from '../../core/health/colour-rules.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';
import type { PersonNeeds } from './persons.ts';

export const outcomes = ['upheld', 'rejected'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Appeal {
  readonly id: string;
  readonly at: number;
  readonly class: ReasonClass;
  readonly text: string;
  readonly answer?: string;
  readonly outcome?: Outcome;
  readonly answeredAt?: number;
}

interface Row {
  readonly id: string;
  readonly person: string;
  readonly at: number;
  readonly class: ReasonClass;
  readonly text: Uint8Array;
  readonly answer: Uint8Array | null;
  readonly outcome: Outcome | null;
  readonly answered_at: number | null;
}

const cell = (column: 'text' | 'answer', row: string) => ({ table: 'appeals', column, row });
const columns = 'id, person, at, class, text, answer, outcome, answered_at';

/** One appeal waits at a time; undefined when there is one already. */
export async function addAppeal(
  tx: Queries,
  person: string,
  said: { readonly class: ReasonClass; readonly text: string },
  { cipher, random, now }: PersonNeeds,
): Promise<string | undefined> {
  await tx.query('select id from persons where id = $1 for update', [person]);
  const open = await tx.query('select 1 from appeals where person = $1 and outcome is null', [
    person,
  ]);
  if (open.length > 0) return undefined;
  const id = toBase64url(random(16));
  await tx.query(
    'insert into appeals (id, person, at, class, key_id, text) values ($1, $2, $3, $4, $5, $6)',
    [id, person, now, said.class, cipher.keyId, cipher.seal(said.text, cell('text', id))],
  );
  return id;
}

export async function appealsOf(
  sql: Queries,
  person: string,
  cipher: ColumnCipher,
): Promise<Appeal[]> {
  const rows = await sql.query<Row>(
    `select ${columns} from appeals where person = $1 order by at desc limit 50`,
    [person],
  );
  return rows.map((row) => read(row, cipher));
}

/** How many a page of those that wait has. */
const aPage = 50;

export interface WaitingPage {
  readonly appeals: readonly (Appeal & { readonly person: string })[];
  /** How many wait, on this page or not. */
  readonly waiting: number;
  /** There are later ones. */
  readonly more: boolean;
}

/** Those that wait for an answer, the oldest first; later than one of the page before. */
export async function openAppeals(
  sql: Queries,
  cipher: ColumnCipher,
  after?: Pick<Appeal, 'at' | 'id'>,
): Promise<WaitingPage> {
  const rows = await sql.query<Row>(
    `select ${columns} from appeals where outcome is null
       and ($1::bigint is null or (at, id) > ($1, $2)) order by at, id limit $3`,
    [after?.at ?? null, after?.id ?? '', aPage + 1],
  );
  const [counted] = await sql.query<{ n: number }>(
    'select count(*)::int n from appeals where outcome is null',
  );
  const shown = rows.slice(0, aPage);
  return {
    appeals: shown.map((row) => ({ ...read(row, cipher), person: row.person })),
    ...{ waiting: counted?.n ?? 0, more: rows.length > shown.length },
  };
}

/** Answers one that waits; whose it is, or undefined when there is none. */
export async function answerAppeal(
  tx: Queries,
  id: string,
  said: { readonly outcome: Outcome; readonly answer: string },
  cipher: ColumnCipher,
  now: EpochMillis,
): Promise<string | undefined> {
  const [row] = await tx.query<Row>(
    `select ${columns} from appeals where id = $1 and outcome is null for update`,
    [id],
  );
  if (!row) return undefined;
  // the text is sealed anew beside the answer: a row has one key
  const text = cipher.open(row.text, cell('text', id));
  await tx.query(
    `update appeals set key_id = $2, text = $3, answer = $4, outcome = $5, answered_at = $6
     where id = $1`,
    [
      ...[id, cipher.keyId, cipher.seal(text, cell('text', id))],
      ...[cipher.seal(said.answer, cell('answer', id)), said.outcome, now],
    ],
  );
  return row.person;
}

const read = (row: Row, cipher: ColumnCipher): Appeal => ({
  ...{ id: row.id, at: row.at, class: row.class },
  text: cipher.open(row.text, cell('text', row.id)),
  ...(row.answer !== null && { answer: cipher.open(row.answer, cell('answer', row.id)) }),
  ...(row.outcome !== null && { outcome: row.outcome }),
  ...(row.answered_at !== null && { answeredAt: row.answered_at }),
});
