import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { pause, until } from '../support/in-time.ts';
import { type PostgresServer, postgresBin, startPostgres } from '../support/postgres-server.ts';

const run = promisify(execFile);

export const hasPostgres = (): boolean => postgresBin() !== undefined;

/** A real PostgreSQL, fsync on, that can be killed, saved and put back as it was. */
export async function mortalPostgres() {
  const bin = postgresBin();
  if (!bin) throw new Error('there is no PostgreSQL here (pg_ctl)');
  const server = await startPostgres(bin);
  const { url, data } = server;
  const saved = `${data}-saved`;
  return {
    url,
    /** The first process and with it the server; back again on the same files. */
    async killServer() {
      server.kill();
      await startAgain(server);
    },
    /** One connection's process: the server ends all the others and recovers by itself, which is waited for. */
    async killBackend(): Promise<boolean> {
      const [pid] = await connections(url);
      if (pid === undefined) return false;
      process.kill(pid, 'SIGKILL');
      await pause(50); // before it has noticed it still answers
      // asked to stop while it recovers, a PostgreSQL 15 was seen to do neither, for ever
      await until('PostgreSQL to recover', 60_000, () => answers(url));
      return true;
    },
    async save() {
      await withServerOff(server, () => copy(data, saved));
    },
    async putBack() {
      await withServerOff(server, () => copy(saved, data));
    },
    stop: () => server.stop(),
  };
}

/** What a killed server leaves behind ends by itself, and only then can another begin. */
async function startAgain(server: PostgresServer): Promise<void> {
  const started = () =>
    server.start().then(
      () => true,
      () => false,
    );
  await until('PostgreSQL to start again', 60_000, started, 200);
}

/** What is copied is whole, as an operator would do it. */
async function withServerOff(server: PostgresServer, task: () => Promise<void>): Promise<void> {
  server.kill('SIGINT');
  await until('PostgreSQL to stop', 60_000, async () => !server.isOn());
  try {
    await task();
  } finally {
    await startAgain(server);
  }
}

async function copy(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await run('cp', ['-a', from, to]);
}

const answers = async (url: string): Promise<boolean> => (await asked(url)) !== undefined;

/** Processes of the clients that are connected; none while nobody can connect. */
const connections = async (url: string): Promise<number[]> => (await asked(url)) ?? [];

async function asked(url: string): Promise<number[] | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity
         where backend_type = 'client backend' and pid <> pg_backend_pid() order by random()`,
    );
    return rows.map(({ pid }) => pid);
  } catch {
    return undefined; // it is just starting again
  } finally {
    await client.end().catch(() => undefined);
  }
}
