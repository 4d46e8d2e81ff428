import type { Sql } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';

/** Every encrypted column there is. One that is missing here would be lost with an old key. */
export const encryptedColumns: Readonly<Record<string, readonly string[]>> = {
  persons: ['name', 'number'],
  declarations: ['private'],
  appeals: ['text', 'answer'],
};

const stride = 500;

/**
 * Writes what an older key encrypted by the newest one, some rows a transaction: it can be stopped at
 * any time and goes on where it was, and the service answers meanwhile. Returns how many rows it wrote.
 */
export async function reEncrypt(
  sql: Sql,
  cipher: ColumnCipher,
  tell: (rows: number) => void = () => {},
): Promise<number> {
  let rows = 0;
  for (const [table, columns] of Object.entries(encryptedColumns)) {
    for (let done = stride; done === stride; ) {
      done = await sql.transaction(async (tx) => {
        const old = await tx.query<Record<string, Uint8Array | string | null>>(
          `select id, ${columns.join(', ')} from ${table} where key_id <> $1 limit ${stride} for update`,
          [cipher.keyId],
        );
        for (const row of old) {
          const id = String(row['id']);
          const sealed = columns.map((column) => {
            const value = row[column];
            const cell = { table, column, row: id };
            return value instanceof Uint8Array ? cipher.seal(cipher.open(value, cell), cell) : null;
          });
          const sets = columns.map((column, at) => `${column} = $${at + 3}`).join(', ');
          await tx.query(`update ${table} set key_id = $2, ${sets} where id = $1`, [
            ...[id, cipher.keyId, ...sealed],
          ]);
        }
        return old.length;
      });
      rows += done;
      tell(rows);
    }
  }
  return rows;
}

/** Rows by the key that encrypted them: a key with none can be taken out of the secrets. */
export async function rowsByKey(sql: Sql): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const table of Object.keys(encryptedColumns)) {
    const rows = await sql.query<{ key_id: number; count: number }>(
      `select key_id, count(*)::int as count from ${table} group by key_id`,
    );
    for (const row of rows) counts[row.key_id] = (counts[row.key_id] ?? 0) + row.count;
  }
  return counts;
}
