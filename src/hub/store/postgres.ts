import pg from 'pg';
import type { Queries, Sql } from './database.ts';

const int8 = pg.types.builtins.INT8;
/** `bigint` as number instead of the driver's text. */
const types = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** A PostgreSQL server by URL, through a pool. `onError` hears of connections lost between queries. */
export async function openPostgres(url: string, onError: (error: Error) => void): Promise<Sql> {
  const pool = new pg.Pool({ connectionString: url, types, connectionTimeoutMillis: 5000 });
  pool.on('error', onError);
  await pool.query('select 1');
  return {
    kind: 'postgres',
    query: queries(pool).query,
    async transaction(work) {
      const client = await pool.connect();
      client.on('error', onError); // the pool listens only while nobody has it, and unheard ends the process
      try {
        await client.query('begin');
        const result = await work(queries(client));
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        await client.query('rollback').then(
          () => client.release(),
          (lost) => client.release(lost),
        );
        throw error;
      } finally {
        client.off('error', onError);
      }
    },
    close: () => pool.end(),
  };
}

function queries(on: pg.Pool | pg.PoolClient): Queries {
  return {
    async query<Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
      return (await on.query(text, [...params])).rows as Row[];
    },
  };
}
