import { afterAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/node/postgres.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';

const bin = postgresBin();
const server = bin === undefined ? undefined : await startPostgres(bin);
afterAll(() => server?.stop());

describe('a PostgreSQL server that goes away', () => {
  it('before it is opened is an error at once, not at the first upload', async () => {
    await expect(openPostgres('postgres://nobody@127.0.0.1:1/none', () => {})).rejects.toThrow();
  });

  if (!server) return;
  it('in the middle of a transaction, between two queries, fails that one and not the hub', async () => {
    const lost: Error[] = [];
    const sql = await openPostgres(server.url, (error) => lost.push(error));
    const broken = sql.transaction(async (tx) => {
      const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await sql.query('select pg_terminate_backend($1)', [own?.pid]);
      await expect.poll(() => lost.length).toBeGreaterThan(0);
      await tx.query('select 1');
    });
    await expect(broken).rejects.toThrow();
    expect(await sql.transaction((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
    await sql.close();
  });
});
