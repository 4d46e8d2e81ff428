import { toBase64url } from '../../core/base64url.ts';
import { birthOf, type DocumentId, type DocumentType } from '../../core/health/documents.ts';
import type { Bytes, EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';

/** Who somebody is. Leaves the columns only to be masked, shown to the person, or told to an investigation. */
export interface Identity extends DocumentId {
  readonly name: string;
}

interface Row {
  readonly id: string;
  readonly type: DocumentType;
  readonly name: Uint8Array;
  readonly number: Uint8Array;
}

export const cellOf = (column: 'name' | 'number', row: string) => ({
  ...{ table: 'persons', column, row },
});

export interface PersonNeeds {
  readonly cipher: ColumnCipher;
  readonly random: (length: number) => Bytes;
  readonly now: EpochMillis;
}

/**
 * The person of this document, made when there is none yet: one a document, however many come at once.
 * A name that has changed meanwhile is written anew.
 */
export async function takePerson(
  tx: Queries,
  { name, ...document }: Identity,
  { cipher, random, now }: PersonNeeds,
): Promise<string> {
  const subject = cipher.subjectOf(document);
  const id = toBase64url(random(16));
  const birth = birthOf(document);
  const made = await tx.query(
    `insert into persons (id, subject, type, birth_year, key_id, name, number, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (subject) do nothing returning id`,
    [
      ...[id, subject, document.type, birth === undefined ? null : Number(birth.slice(0, 4))],
      ...[cipher.keyId, cipher.seal(name, cellOf('name', id))],
      ...[cipher.seal(document.number, cellOf('number', id)), now],
    ],
  );
  if (made.length > 0) return id;
  const known = await findPerson(tx, subject);
  if (known === undefined) throw new Error('a person was there and is not');
  if ((await identityOf(tx, known, cipher))?.name !== name)
    await tx.query('update persons set name = $2 where id = $1', [
      ...[known, cipher.seal(name, cellOf('name', known))],
    ]);
  return known;
}

/** The id of the person with this HMAC of type and number. */
export async function findPerson(sql: Queries, subject: string): Promise<string | undefined> {
  const [row] = await sql.query<{ id: string }>('select id from persons where subject = $1', [
    subject,
  ]);
  return row?.id;
}

/** Who a person is, decrypted. */
export async function identityOf(
  sql: Queries,
  id: string,
  cipher: ColumnCipher,
): Promise<Identity | undefined> {
  const [row] = await sql.query<Row>('select id, type, name, number from persons where id = $1', [
    id,
  ]);
  return row && readIdentity(row, cipher);
}

export const readIdentity = (row: Row, cipher: ColumnCipher): Identity => ({
  type: row.type,
  name: cipher.open(row.name, cellOf('name', row.id)),
  number: cipher.open(row.number, cellOf('number', row.id)),
});
