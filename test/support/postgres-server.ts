import { execFile, execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

export interface PostgresServer {
  readonly url: string;
  /** Where its files are. */
  readonly data: string;
  /** Ends it, by default with no time to tidy up (SIGINT: in order); `start` begins on the same files. */
  kill(signal?: 'SIGKILL' | 'SIGINT'): void;
  /** Its first process has not ended in order since it was started. */
  isOn(): boolean;
  /** Rejects while processes of a killed one are still ending. */
  start(): Promise<void>;
  stop(): void;
}

/** Folder of a PostgreSQL server's programs on this machine, the newest there is. */
export function postgresBin(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const bins = [
    process.env['PG_BIN'] ?? '',
    ...versions.map((version) => join(root, version, 'bin')),
  ];
  return bins.find((bin) => bin !== '' && existsSync(join(bin, 'pg_ctl')));
}

/**
 * Starts a throw-away PostgreSQL on a loopback port, to be killed and started at will; whoever only
 * wants a database takes one of `databases`. The server refuses root, so root lends it `nobody`.
 * `keep`: a folder whose files outlive it, and are gone on with where it has any.
 */
export async function startPostgres(
  bin: string,
  settings = '',
  keep?: string,
): Promise<PostgresServer> {
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'kakou-pg-')) : resolve(keep);
  mkdirSync(folder, { recursive: true });
  const nobody = serversUser();
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin, program), args, asServer(folder));
  const made = ['-U', 'kakou', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  if (!existsSync(data)) run('initdb', ['-D', data, ...made]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} ${settings}`;
  const start = ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'];
  run('pg_ctl', start);
  const pid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    url: `postgres://kakou@127.0.0.1:${port}/postgres`,
    data,
    kill: (signal = 'SIGKILL') => void process.kill(pid(), signal),
    isOn: () => existsSync(join(data, 'postmaster.pid')),
    async start() {
      // not waited for with the thread held, and nobody reads what the server would say
      await promisify(execFile)(join(bin, 'pg_ctl'), start, { ...nobody, cwd: folder, env: {} });
    },
    stop: () =>
      keep === undefined
        ? stopPostgres(bin, data)
        : void run('pg_ctl', ['-D', data, '-w', '-m', 'fast', 'stop']),
  };
}

/** Ends the server of these files at once and removes them. */
export function stopPostgres(bin: string, data: string): void {
  const folder = dirname(data);
  const stop = ['-D', data, '-w', '-m', 'immediate', 'stop'];
  execFileSync(join(bin, 'pg_ctl'), stop, asServer(folder));
  rmSync(folder, { recursive: true });
}

const serversUser = () => (process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {});

const asServer = (cwd: string) => ({ ...serversUser(), cwd, stdio: 'ignore' as const, env: {} });
