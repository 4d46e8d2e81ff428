import { PGlite } from '@electric-sql/pglite';
import { orUnavailable, type Sql } from './database.ts';

/**
 * PostgreSQL inside this process, its files in `folder`; in memory without one. One hub per folder.
 * It never calls fsync: what is committed survives a killed process, not a power cut. For trying
 * out and small sites; a receipt a phone may rely on for good needs a server (`openPostgres`).
 */
export async function openPglite(folder?: string): Promise<Sql> {
  return overPglite(await PGlite.create(folder ?? 'memory://'));
}

/** The hub's SQL on an embedded PostgreSQL that is open already. */
export function overPglite(db: Pick<PGlite, 'query' | 'transaction' | 'close'>): Sql {
  const rowsOf =
    (on: Pick<PGlite, 'query'>) =>
    <Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> =>
      orUnavailable(async () => (await on.query<Row>(text, [...params])).rows);
  return {
    kind: 'pglite',
    query: rowsOf(db),
    transaction: (work) => db.transaction((tx) => work({ query: rowsOf(tx) })),
    close: () => db.close(),
  };
}
