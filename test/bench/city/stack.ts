import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../../src/hub/store/migrations.ts';
import { openPostgres } from '../../../src/node/postgres.ts';
import { writeConfig } from '../../ha/config.ts';
import { freePort } from '../../support/free-port.ts';
import { listening, startProgram } from '../../support/hub-program.ts';
import { until } from '../../support/in-time.ts';
import { postgresBin, startPostgres } from '../../support/postgres-server.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { cpuMs } from '../cpu-of.ts';
import { cityAuthority } from './authority.ts';
import { insertGates, type MadeGate } from './gates.ts';

/** Milliseconds of CPU of each part, since it was started. */
export interface Used {
  /** Each by itself: a hub has one thread. */
  readonly hubs: readonly number[];
  readonly database: number;
  readonly nginx: number;
  /** The load maker: this process. */
  readonly load: number;
}

export const nginxProgram = '/usr/sbin/nginx';
/** What is not on this machine. */
export const missing = (): string[] => [
  ...(postgresBin() ? [] : ['postgresql']),
  ...(existsSync(nginxProgram)
    ? []
    : ['nginx (apt-get install --no-install-recommends nginx-light)']),
];

export type Stack = Awaited<ReturnType<typeof startStack>>;

/** PostgreSQL, hubs over it, and nginx before them as docs/ha/nginx.conf says, all processes of their own. */
export async function startStack(gates: readonly MadeGate[], holders: number, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-city-'));
  chmodSync(folder, 0o755); // the workers of nginx are somebody else
  const bin = postgresBin();
  if (!bin) throw new Error(missing().join());
  const server = await startPostgres(bin);
  const authority = await cityAuthority(folder, holders, seed);
  const sql = await openPostgres(server.url, () => {});
  await migrate(sql);
  await insertGates(sql, gates);
  const args = ['--trust', authority.trust, '--hub-keys', authority.hubKeys, '--trust-proxy'];
  const data = ['--no-app', '--port', '0', '--data', folder];
  const first = startProgram([...args, ...data], server.url, []);
  const ports = [await listening(first)]; // it signs for all devices, and the second finds it done
  const second = startProgram([...args, ...data], server.url, []);
  ports.push(await listening(second));
  const hubs = [first, second];
  const { port, child: nginx } = await startNginx(folder, ports);
  const origin = `https://127.0.0.1:${port}`;
  const postmaster = Number(
    readFileSync(join(server.data, 'postmaster.pid'), 'utf8').split('\n')[0],
  );

  return {
    ...{ origin, authority, ports, sql },
    /** Straight at a hub, past nginx. */
    hub: `http://127.0.0.1:${ports[0]}`,
    used(): Used {
      const { user, system } = process.cpuUsage();
      return {
        hubs: hubs.map(({ child }) => cpuMs(child.pid ?? 0)),
        database: cpuMs(postmaster),
        nginx: cpuMs(nginx.pid ?? 0),
        load: (user + system) / 1000,
      };
    },
    async stop(): Promise<void> {
      nginx.kill('SIGTERM');
      for (const { child } of hubs) child.kill();
      await Promise.all(hubs.map(({ ended }) => ended));
      await sql.close();
      server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startNginx(parent: string, hubs: readonly number[]) {
  const folder = join(parent, 'nginx');
  mkdirSync(folder, { mode: 0o755 });
  const { cert, key } = selfSigned();
  const pair = { cert: join(folder, 'hub.pem'), key: join(folder, 'hub.key') };
  writeFileSync(pair.cert, cert);
  writeFileSync(pair.key, key, { mode: 0o600 });
  const port = await freePort();
  const config = writeConfig('nginx.conf', folder, [
    ['/run/nginx.pid', join(folder, 'pid')],
    ['/var/log/nginx/error.log', join(folder, 'error.log')],
    ['/var/lib/nginx/body', join(folder, 'body')],
    ['/var/lib/nginx/proxy', join(folder, 'proxy')],
    ['/var/cache/nginx/trust', join(folder, 'cache')],
    ['10.0.0.11:4600', `127.0.0.1:${hubs[0]}`],
    ['10.0.0.12:4600', `127.0.0.1:${hubs[1]}`],
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['/etc/ssl/hub.pem', pair.cert],
    ['/etc/ssl/hub.key', pair.key],
  ]);
  const child = spawn(nginxProgram, ['-c', config, '-p', folder, '-g', 'daemon off;'], {
    stdio: 'ignore',
  });
  process.once('exit', () => child.kill());
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.status === 400, // plain HTTP at the port of TLS
      () => false,
    );
  await until('nginx', 20_000, isUp, 100).catch(() => {
    throw new Error(readFileSync(join(folder, 'error.log'), 'utf8'));
  });
  return { port, child };
}
