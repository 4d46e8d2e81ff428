import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { inTurn, type Sql } from '../../src/node/database.ts';
import { operating, serving } from '../../src/node/patience.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import { freePort } from '../support/free-port.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';

const bin = postgresBin();
const server = bin === undefined ? undefined : await startPostgres(bin);
const opened: Sql[] = [];
afterEach(async () => {
  for (const sql of opened.splice(0)) await sql.close();
});
afterAll(() => server?.stop());

async function open(patience = serving, url = server?.url ?? ''): Promise<Sql> {
  const sql = await openPostgres(url, () => {}, patience);
  opened.push(sql);
  return sql;
}

const impatient = {
  ...serving,
  server: { statementMs: 300, lockMs: 3000, idleMs: 15_000 },
};
const named = (sql: Sql) =>
  sql.query<{ name: string }>('select name from pg_prepared_statements order by name');

describe.skipIf(!server)('a session with a PostgreSQL server', () => {
  it('has every plain statement of a hub ended by the server before the driver gives it up', async () => {
    const sql = await open(impatient);
    const before = await sql.query('select pg_backend_pid() as pid');
    await expect(sql.query('select pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    expect(await sql.query('select pg_backend_pid() as pid')).toEqual(before);
    const [row] = await (await open()).query<{ statement_timeout: string }>(
      'show statement_timeout',
    );
    expect(row?.statement_timeout).toBe('4500ms');
    expect(serving.server?.statementMs).toBeLessThan(serving.queryMs);
  });

  it('has a hub’s questions done by one process: nobody waits until others have begun', async () => {
    const shown = 'show max_parallel_workers_per_gather';
    const none = [{ max_parallel_workers_per_gather: '0' }];
    expect(await (await open()).query(shown)).toEqual(none);
    expect(await (await open(operating)).query(shown)).not.toEqual(none);
  });

  it('leaves nothing to be committed later by a statement that was given up', async () => {
    const [sql, other] = [await open(impatient), await open()];
    await sql.query('create table given_up (id int primary key, n int)');
    await sql.query('insert into given_up values (1, 0)');
    await other.transaction(async (tx) => {
      await tx.query('select n from given_up where id = 1 for update');
      const waiting = sql.query('update given_up set n = 1 where id = 1');
      await expect(waiting).rejects.toMatchObject({ code: '57014' });
    });
    expect(await sql.query('select n from given_up')).toEqual([{ n: 0 }]);
  });

  it('lets an operator wait: no limit of the server on a migration, a sum or an export', async () => {
    const [row] = await (await open(operating)).query<{ statement_timeout: string }>(
      'show statement_timeout',
    );
    expect(row?.statement_timeout).toBe('0');
  });

  it('plans a text that has a name once, and one without each time', async () => {
    const sql = await open();
    for (const one of [1, 2, 3])
      expect(await sql.query('select $1::int as one', [one], 'k1')).toEqual([{ one }]);
    await sql.query('select $1::int as two', [1]);
    expect(await named(sql)).toEqual([{ name: 'k1' }]);
  });

  it('names nothing any more once a name is not known there, and says that nothing was done', async () => {
    const sql = await open();
    await sql.query('select 1 as one', [], 'k2');
    await sql.query('deallocate all'); // what a pooler's other session would look like
    await expect(sql.query('select 1 as one', [], 'k2')).rejects.toMatchObject({
      ...{ name: 'Unavailable', code: '26000' },
    });
    expect(await sql.query('select 1 as one', [], 'k2')).toEqual([{ one: 1 }]);
    expect(await named(sql)).toEqual([]);
  });

  it('asks statements in turn, each seeing what the one before left for good', async () => {
    const sql = await open();
    await sql.query('create table turns (n int primary key)');
    const add = (n: number) => ({ text: 'insert into turns values ($1) returning n', params: [n] });
    const look = { text: 'select count(*)::int as all from turns', params: [] };
    expect(await inTurn(sql, [add(1), look, add(2), look])).toEqual([
      [{ n: 1 }],
      [{ all: 1 }],
      [{ n: 2 }],
      [{ all: 2 }],
    ]);
    // one that fails undoes no other, and is not swallowed
    await expect(inTurn(sql, [add(1), add(3)])).rejects.toMatchObject({ code: '23505' });
    expect(await sql.query('select n from turns order by n')).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
  });
});

const pooler = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((file) => existsSync(file));

describe.skipIf(!server || !pooler)('behind pgbouncer in transaction mode', () => {
  /** With or without a word in its settings on the one that the hub asks for at the start. */
  async function pooled(ignored: string) {
    const folder = mkdtempSync(join(tmpdir(), 'kakou-pooler-'));
    const port = await freePort();
    const { port: behind } = new URL(server?.url ?? '');
    const ini = join(folder, 'pgbouncer.ini');
    writeFileSync(
      ini,
      `[databases]
      postgres = host=127.0.0.1 port=${behind} user=kakou pool_size=2
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = ${port}
      unix_socket_dir =
      auth_type = any
      pool_mode = transaction
      ${ignored}`,
    );
    chmodSync(folder, 0o755);
    chmodSync(ini, 0o644);
    const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const child = spawn(pooler ?? '', ['-q', ini], { ...asNobody, stdio: 'ignore' });
    const isUp = () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(true));
        socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
      });
    await expect.poll(isUp, { timeout: 10_000 }).toBe(true);
    return {
      url: `postgres://kakou@127.0.0.1:${port}/postgres`,
      async stop() {
        const ended = new Promise((resolve) => child.once('close', resolve));
        child.kill('SIGKILL');
        await ended;
        rmSync(folder, { recursive: true });
      },
    };
  }

  it.each([
    ['that ignores what it does not know', 'ignore_startup_parameters = statement_timeout'],
    ['that refuses what it does not know', ''],
  ])('one %s: names nothing, asks in turn, and a statement has its limit', async (_, ignored) => {
    const { url, stop } = await pooled(ignored);
    try {
      const sql = await open(serving, url);
      const many = Array.from({ length: 40 }, (_, i) =>
        inTurn(sql, [
          { text: 'select $1::int as one', params: [i], name: 'k3' },
          { text: 'select $1::int as two', params: [i], name: 'k4' },
        ]),
      );
      expect(await Promise.all(many)).toEqual(many.map((_, i) => [[{ one: i }], [{ two: i }]]));
      expect(await named(sql)).toEqual([]);
      const twice = { text: 'insert into pooled values (1)', params: [] };
      await sql.query('create table if not exists pooled (n int primary key)');
      await sql.query('delete from pooled');
      await expect(inTurn(sql, [twice, twice])).rejects.toMatchObject({ code: '23505' });
      expect(await sql.query('select n from pooled')).toEqual([{ n: 1 }]);
      expect(await sql.query('show statement_timeout')).toEqual([{ statement_timeout: '4500ms' }]);
      expect(await sql.query('show max_parallel_workers_per_gather')).toEqual([
        { max_parallel_workers_per_gather: '0' },
      ]);
    } finally {
      for (const sql of opened.splice(0)) await sql.close();
      await stop();
    }
  });
});
