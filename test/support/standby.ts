import { execFile, execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import type { PostgresServer } from './postgres-server.ts';

/** A server that follows another one and takes no writes before it is promoted. */
export interface Standby {
  readonly url: string;
  promote(): Promise<void>;
  stop(): void;
}

/** Starts one that `primary` waits for from now on: what it answers as committed is here too. */
export async function startStandby(bin: string, primary: PostgresServer): Promise<Standby> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-standby-'));
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const options = { ...nobody, cwd: folder, stdio: 'ignore', env: {} } as const;
  const run = (program: string, args: string[]) => execFileSync(join(bin, program), args, options);
  run('pg_basebackup', ['-D', data, '-d', primary.url, '-R', '-X', 'stream', '-c', 'fast']);
  const place = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', place, 'start']);
  const said = ["alter system set synchronous_standby_names = '*'", 'select pg_reload_conf()'];
  run('psql', ['-d', primary.url, ...said.flatMap((line) => ['-c', line])]);
  return {
    url: primary.url.replace(/:\d+\//, `:${port}/`),
    async promote() {
      const { stdio: _, ...rest } = options;
      await promisify(execFile)(join(bin, 'pg_ctl'), ['-D', data, '-w', 'promote'], rest);
    },
    stop() {
      run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true });
    },
  };
}
