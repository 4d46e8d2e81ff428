import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../support/free-port.ts';
import { postgresBin } from '../support/postgres-server.ts';
import { writeConfig } from './config.ts';
import { type Line, lineTo } from './line.ts';
import { atExit, folderFor, run, signal, treeOf } from './processes.ts';

export type NodeName = 'pg-a' | 'pg-b';
/** All of a machine, or one of its two programs. */
export type Share = 'machine' | 'postgres' | 'patroni';
export type DatabaseNode = Awaited<ReturnType<typeof createNode>>;

const superuser = 'postgres:change-me-1';

/**
 * A database machine: PostgreSQL under Patroni, as docs/ha/patroni.yml says, with its lines: from the hubs and from
 * the other machine to its PostgreSQL, from the other machine and from HAProxy to its Patroni, and to etcd.
 */
export async function createNode(name: NodeName, parent: string, etcdPort: number) {
  const folder = folderFor(parent, name);
  const [postgresPort, patroniPort] = [await freePort(), await freePort()];
  const lines = {
    hubs: await lineTo(postgresPort),
    peers: await lineTo(postgresPort),
    patroni: await lineTo(patroniPort),
    health: await lineTo(patroniPort),
    etcd: await lineTo(etcdPort),
  };
  const data = join(folder, 'data');
  const config = writeConfig('patroni.yml', folder, [
    [/^name: .*$/gm, `name: ${name}`],
    ['  listen: 10.0.0.21:8008', `  listen: 127.0.0.1:${patroniPort}`],
    ['  connect_address: 10.0.0.21:8008', `  connect_address: 127.0.0.1:${lines.patroni.port}`],
    ['10.0.0.31:2379', `127.0.0.1:${lines.etcd.port}`],
    ['etcd:', 'etcd:\n  use_proxies: true'], // over the line, and not past it
    ['  listen: 10.0.0.21:5432', `  listen: 127.0.0.1:${postgresPort}`],
    ['  connect_address: 10.0.0.21:5432', `  connect_address: 127.0.0.1:${lines.peers.port}`],
    ['/var/lib/postgresql/15/kakou', data],
    ['/var/lib/postgresql/kakou.pgpass', join(folder, 'pgpass')],
    ['/usr/lib/postgresql/15/bin', postgresBin() ?? ''],
    ['unix_socket_directories: /var/run/postgresql', `unix_socket_directories: ${folder}`],
    ['10.0.0.0/24', '127.0.0.1/32'],
  ]);
  let patroni: number | undefined;

  const postmaster = (): number | undefined => {
    if (!existsSync(join(data, 'postmaster.pid'))) return undefined;
    return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  };
  const processes = (share: Share): number[] => {
    const postgres = treeOf([postmaster()]);
    if (share === 'postgres') return postgres;
    const all = treeOf([patroni, ...postgres]);
    return share === 'machine' ? all : all.filter((pid) => !postgres.includes(pid));
  };
  atExit(() => processes('machine'));
  const asked = (path: string): Promise<boolean> =>
    fetch(`http://127.0.0.1:${patroniPort}${path}`, { signal: AbortSignal.timeout(2000) }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );

  return {
    name,
    lines,
    log: join(folder, 'said'),
    start() {
      patroni = run('patroni', [config], folder).pid;
    },
    /** With no time to tidy up. */
    kill: (share: Share) => signal(processes(share), 'SIGKILL'),
    freeze: (share: Share) => signal(processes(share), 'SIGSTOP'),
    thaw: () => signal(processes('machine'), 'SIGCONT'),
    cut: (...names: readonly (keyof typeof lines)[]) => each(lines, names, (line) => line.cut()),
    mend: () => each(lines, Object.keys(lines), (line) => line.mend()),
    /** By what its own Patroni says. */
    isPrimary: () => asked('/primary'),
    isSynchronousStandby: () => asked('/synchronous'),
    /** By what its PostgreSQL says, whatever Patroni believes. */
    takesWrites: () =>
      ask(postgresPort, 'postgres', 'select not pg_is_in_recovery() as yes').then(
        ([row]) => row?.['yes'] === true,
        () => false,
      ),
    ask: (database: string, sql: string, params?: readonly unknown[]) =>
      ask(postgresPort, database, sql, params),
    close() {
      signal(processes('machine'), 'SIGKILL');
      for (const line of Object.values(lines)) line.close();
    },
  };
}

function each(
  lines: Readonly<Record<string, Line>>,
  names: readonly string[],
  act: (line: Line) => void,
): void {
  for (const name of names) {
    const line = lines[name];
    if (line) act(line);
  }
}

/** Straight at the server, over no line. */
async function ask(port: number, database: string, sql: string, params: readonly unknown[] = []) {
  const client = new pg.Client({
    connectionString: `postgres://${superuser}@127.0.0.1:${port}/${database}`,
    connectionTimeoutMillis: 2000,
    query_timeout: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql, [...params])).rows;
  } finally {
    void client.end().catch(() => undefined);
  }
}
