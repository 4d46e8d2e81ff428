import { mkdtempSync, readFileSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/in-time.ts';
import { writeConfig } from './config.ts';
import { createNode, type DatabaseNode, type NodeName } from './node.ts';
import { folderFor, run, signal } from './processes.ts';

/** How hubs reach the database: a URL of both servers, HAProxy, or pgbouncer before HAProxy. */
export const ways = ['hosts', 'haproxy', 'pgbouncer'] as const;
export type Way = (typeof ways)[number];
export type Cluster = Awaited<ReturnType<typeof startCluster>>;

const hub = 'kakou:change-me-4';

/** etcd, two database machines and what stands between them and hubs, on ports of this machine. */
export async function startCluster(way: Way) {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-ha-'));
  await chmod(folder, 0o755);
  const etcd = await createEtcd(folder);
  etcd.start();
  const nodes = await Promise.all([
    createNode('pg-a', folder, etcd.port),
    createNode('pg-b', folder, etcd.port),
  ]);
  const said = () =>
    nodes.map(({ name, log }) => `${name}:\n${readFileSync(log, 'utf8').slice(-8000)}`).join('\n');
  const close = async () => {
    for (const node of nodes) node.close();
    etcd.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await begin(nodes);
    const url = await wayTo(way, folder, nodes);
    return { nodes, etcd, url, said, close, ...standing(nodes) };
  } catch (error) {
    const last = said();
    await close();
    throw new Error(last, { cause: error });
  }
}

async function begin(nodes: readonly [DatabaseNode, DatabaseNode]): Promise<void> {
  const [first, second] = nodes;
  first.start();
  await until('the first PostgreSQL', 120_000, first.isPrimary, 300);
  const [name, password] = hub.split(':');
  await first.ask('postgres', `create role ${name} login password '${password}'`);
  await first.ask('postgres', `create database ${name} owner ${name}`);
  second.start();
  await until('the second PostgreSQL', 120_000, standing(nodes).isWhole, 300);
}

const standing = (nodes: readonly [DatabaseNode, DatabaseNode]) => ({
  async primary(): Promise<readonly [primary: DatabaseNode, other: DatabaseNode]> {
    const [a, b] = nodes;
    if (await a.isPrimary()) return [a, b];
    if (await b.isPrimary()) return [b, a];
    throw new Error('there is no primary');
  },
  /** One primary, and the other has all that it has committed. */
  async isWhole(): Promise<boolean> {
    const [primary, ...more] = await which(nodes, (node) => node.isPrimary());
    const [standby] = await which(nodes, (node) => node.isSynchronousStandby());
    if (!primary || !standby || more.length > 0 || primary === standby) return false;
    const rows = await primary
      .ask('postgres', "select 1 from pg_stat_replication where sync_state = 'sync'")
      .catch(() => []);
    return rows.length === 1;
  },
});

async function which(
  nodes: readonly DatabaseNode[],
  is: (node: DatabaseNode) => Promise<boolean>,
): Promise<DatabaseNode[]> {
  const said = await Promise.all(nodes.map(is));
  return nodes.filter((_, i) => said[i]);
}

async function createEtcd(parent: string) {
  const folder = folderFor(parent, 'etcd');
  const [port, peers] = [await freePort(), await freePort()];
  const [clientUrl, peerUrl] = [port, peers].map((one) => `http://127.0.0.1:${one}`);
  let pid: number | undefined;
  return {
    port,
    start() {
      const args = {
        name: 'etcd',
        'data-dir': join(folder, 'data'),
        'enable-v2': true, // what docs/ha/patroni.yml asks it by, and why
        'listen-client-urls': clientUrl,
        'advertise-client-urls': clientUrl,
        'listen-peer-urls': peerUrl,
        'initial-advertise-peer-urls': peerUrl,
        'initial-cluster': `etcd=${peerUrl}`,
      };
      pid = run(
        'etcd',
        Object.entries(args).map(([key, value]) => `--${key}=${value}`),
        folder,
      ).pid;
    },
    kill: () => signal(pid === undefined ? [] : [pid], 'SIGKILL'),
  };
}

async function wayTo(way: Way, parent: string, nodes: readonly DatabaseNode[]): Promise<string> {
  const at = nodes.map(({ lines }) => `127.0.0.1:${lines.hubs.port}`).join(',');
  if (way === 'hosts') return `postgres://${hub}@${at}/kakou?target_session_attrs=read-write`;
  const folder = folderFor(parent, 'way');
  const [haproxy, pgbouncer] = [await freePort(), await freePort()];
  const server = (name: NodeName, address: string): readonly [string, string] => {
    const lines = nodes.find((node) => node.name === name)?.lines;
    return [
      `server ${name} ${address}:5432 port 8008`,
      `server ${name} 127.0.0.1:${lines?.hubs.port} port ${lines?.health.port}`,
    ];
  };
  const proxy = writeConfig('haproxy.cfg', folder, [
    ['127.0.0.1:6432', `127.0.0.1:${haproxy}`],
    server('pg-a', '10.0.0.21'),
    server('pg-b', '10.0.0.22'),
  ]);
  run('/usr/sbin/haproxy', ['-db', '-f', proxy], folder);
  if (way === 'haproxy') return `postgres://${hub}@127.0.0.1:${haproxy}/kakou`;
  const users = join(folder, 'userlist.txt');
  await writeFile(users, `"${hub.replace(':', '" "')}"\n`);
  await chmod(users, 0o644);
  const pooler = writeConfig('pgbouncer.ini', folder, [
    ['port=6432', `port=${haproxy}`],
    ['listen_port = 6433', `listen_port = ${pgbouncer}`],
    ['/etc/pgbouncer/userlist.txt', users],
  ]);
  run('/usr/sbin/pgbouncer', [pooler], folder);
  return `postgres://${hub}@127.0.0.1:${pgbouncer}/kakou`;
}
