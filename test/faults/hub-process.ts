import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sql } from '../../src/hub/store/database.ts';
import { openDatabase } from '../../src/hub/store/open.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';

export type DatabaseKind = 'pglite' | 'postgres';

/** Real hubs in processes of their own, over one database: one on PGlite, two on PostgreSQL. */
export interface HubFarm {
  readonly replicas: number;
  origin(replica: number): string;
  /** Ends a replica with no time to tidy up and starts it again; resolves when it answers. */
  kill(replica: number): Promise<void>;
  /** Ends all and opens their database for looking into. */
  inspect(): Promise<Sql>;
  close(): Promise<void>;
}

export const hasPostgres = (): boolean => postgresBin() !== undefined;

export async function startHubs(kind: DatabaseKind): Promise<HubFarm> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-faults-'));
  const bin = kind === 'postgres' ? postgresBin() : undefined;
  const server = bin ? await startPostgres(bin) : undefined;
  const place = { folder, ...(server && { url: server.url }) };
  const hubs = await Promise.all(
    Array.from({ length: server ? 2 : 1 }, async () =>
      createHub(folder, await freePort(), server?.url),
    ),
  );
  await Promise.all(hubs.map((hub) => hub.start()));
  let sql: Sql | undefined;
  const stop = () => Promise.all(hubs.map((hub) => hub.stop()));
  return {
    replicas: hubs.length,
    origin: (replica) => hubs[replica % hubs.length]?.origin ?? '',
    async kill(replica) {
      const hub = hubs[replica % hubs.length];
      await hub?.stop();
      await hub?.start();
    },
    async inspect() {
      await stop();
      sql = await openDatabase({ ...place, onError: () => {} });
      return sql;
    },
    async close() {
      await stop();
      await sql?.close();
      server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createHub(folder: string, port: number, url: string | undefined) {
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  async function isUp(): Promise<boolean> {
    return fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
      (answer) => answer.ok,
      () => false,
    );
  }
  return {
    origin,
    async start() {
      const args = [
        '--import',
        'tsx',
        'src/hub/main.ts',
        '--no-app',
        '--port',
        String(port),
        '--data',
        folder,
      ];
      const { DATABASE_URL: _, ...env } = process.env;
      const options = {
        stdio: 'ignore',
        env: { ...env, ...(url && { DATABASE_URL: url }) },
      } as const;
      for (let tries = 0; !(await isUp()); tries++) {
        if (tries > 600) throw new Error('the hub does not start');
        if (!child || child.exitCode !== null) child = spawn(process.execPath, args, options);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await gone;
      child = undefined;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
