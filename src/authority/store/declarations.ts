import { toBase64url } from '../../core/base64url.ts';
import {
  type Declaration,
  declarationDays,
  declarationsADay,
} from '../../core/health/declaration.ts';
import { daysBefore, shanghaiDay } from '../../core/health/shanghai.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';
import type { PersonNeeds } from './persons.ts';

/** What rules may read of a declaration, and what helps people who look: no address, no number to call. */
type Answers = Omit<Declaration, 'phone' | 'address' | 'district'>;

interface Row {
  readonly id: string;
  readonly at: number;
  readonly district: string;
  readonly answers: string;
  readonly private: Uint8Array;
}

const cell = (row: string) => ({ table: 'declarations', column: 'private', row });

/**
 * Takes a declaration in: how many are left today, or `too-many` for the fourth of a day in
 * Asia/Shanghai. The person's row is locked, so that of four at once one is refused.
 */
export async function addDeclaration(
  tx: Queries,
  person: string,
  { phone, address, district, ...answers }: Declaration,
  { cipher, random, now }: PersonNeeds,
): Promise<number | 'too-many'> {
  await tx.query('select id from persons where id = $1 for update', [person]);
  const day = shanghaiDay(now);
  const used = await declaredOn(tx, person, day);
  if (used >= declarationsADay) return 'too-many';
  const id = toBase64url(random(16));
  await tx.query(
    `insert into declarations (id, person, day, nth, at, district, answers, key_id, private)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, person, day, used + 1, now, district, JSON.stringify(answers), cipher.keyId],
      cipher.seal(JSON.stringify({ phone, address }), cell(id)),
    ],
  );
  return declarationsADay - used - 1;
}

async function declaredOn(sql: Queries, person: string, day: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'select count(*)::int as count from declarations where person = $1 and day = $2',
    [person, day],
  );
  return row?.count ?? 0;
}

/** How many a person may still make on the day of `now`. */
export const leftToday = async (sql: Queries, person: string, now: EpochMillis): Promise<number> =>
  Math.max(0, declarationsADay - (await declaredOn(sql, person, shanghaiDay(now))));

/** A person's own of the last 14 days, the newest first. */
export async function ownDeclarations(
  sql: Queries,
  person: string,
  now: EpochMillis,
  cipher: ColumnCipher,
): Promise<(Declaration & { readonly at: number })[]> {
  const from = daysBefore(shanghaiDay(now), declarationDays - 1);
  const rows = await sql.query<Row>(
    `select id, at, district, answers, private from declarations
     where person = $1 and day >= $2 order by day desc, nth desc`,
    [person, from],
  );
  return rows.map(({ id, at, district, answers, private: sealed }) => ({
    at,
    ...(JSON.parse(cipher.open(sealed, cell(id))) as Pick<Declaration, 'phone' | 'address'>),
    district,
    ...(JSON.parse(answers) as Answers),
  }));
}
