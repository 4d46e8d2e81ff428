import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openPostgres } from '../../src/node/postgres.ts';
import { hubInModules } from '../support/built-hub.ts';
import { listening } from '../support/hub-program.ts';
import { postgresBin, startPostgres } from '../support/postgres-server.ts';
import { cpuMs } from './cpu-of.ts';
import { type Ask, queues, send } from './hub-load.ts';

const devices = 8;
const onSignal = pathToFileURL(fileURLToPath(new URL('profile-on-signal.mjs', import.meta.url)));

interface Frame {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** As V8 writes it: which frame was on top at each sample, and microseconds from each to the next. */
export interface CpuProfile {
  readonly nodes: readonly Frame[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A module of ours or a package by its file; undefined for node's own and for what V8 names in brackets. */
function ownerOf({ callFrame: { url } }: Frame): string | undefined {
  const [, dependency] =
    /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url) ?? [];
  if (dependency) return dependency;
  return /\/(src\/.*)\.mjs$/.exec(url)?.[1];
}

/**
 * Milliseconds by whoever had it done: what node does itself (zlib, crypto, streams) is the nearest
 * caller's, and node's own where nobody of ours is below it. Waiting is left out.
 */
export function msByOwner({ nodes, samples, timeDeltas }: CpuProfile): Map<string, number> {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node])));
  const owners = new Map<number, string | undefined>();
  for (const node of nodes) {
    const { functionName, url } = node.callFrame;
    let owner = ownerOf(node);
    for (let at = parents.get(node.id); at && !owner; at = parents.get(at.id)) owner = ownerOf(at);
    owners.set(node.id, owner ?? (url === '' ? functionName : 'node'));
  }
  const sums = new Map<string, number>();
  samples.forEach((id, i) => {
    const owner = owners.get(id) ?? 'node';
    if (owner === '(idle)' || owner === 'dispatch') return; // the last is the profiler
    sums.set(owner, (sums.get(owner) ?? 0) + (timeDeltas[i] ?? 0) / 1000);
  });
  return sums;
}

/** How many uploads of so many entries, before and while it is looked at. */
interface Run {
  readonly width: number;
  readonly warmUp: number;
  readonly uploads: number;
}

export interface Profiled {
  readonly width: number;
  /** CPU of the whole process an upload, other threads too. */
  readonly hubMs: number;
  readonly owners: readonly { readonly owner: string; readonly ms: number }[];
  readonly statements: readonly object[];
}

/** Where the time of an upload goes: of the whole hub by owner, and of PostgreSQL by statement. */
export async function profile({ width, warmUp, uploads }: Run): Promise<Profiled> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
  const bin = postgresBin();
  if (!bin) throw new Error('a profile takes a PostgreSQL server (pg_ctl)');
  const counting =
    '-c shared_preload_libraries=pg_stat_statements -c pg_stat_statements.track_planning=on';
  const server = await startPostgres(bin, counting);
  const file = join(folder, 'profile.json');
  const child = spawn(
    process.execPath,
    ['--import', onSignal.href, await hubInModules()].concat([
      '--demo',
      '--no-app',
      '--port',
      '0',
      '--data',
      folder,
    ]),
    {
      env: { ...process.env, DATABASE_URL: server.url, KAKOU_PROFILE: file },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const sql = await openPostgres(server.url, () => {});
  try {
    const origin = `http://127.0.0.1:${await listening({ child, said: () => said, ended })}`;
    const ask: Ask = (path, init) => fetch(origin + path, init);
    const perDevice = (warmUp + uploads) / devices;
    const waiting = await queues(ask, { devices, perDevice, width });
    const sendAll = (each: number) =>
      Promise.all(
        waiting.map(async (queue) => {
          for (const body of queue.splice(0, each)) await send(ask, body, width);
        }),
      );
    await sendAll(warmUp / devices);
    await sql.query('create extension if not exists pg_stat_statements');
    await sql.query('select pg_stat_statements_reset()');
    const before = cpuMs(child.pid ?? 0);
    child.kill('SIGUSR2');
    await sendAll(uploads / devices);
    const hubMs = (cpuMs(child.pid ?? 0) - before) / uploads;
    child.kill('SIGUSR2');
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 50));
    const statements = await sql.query<object>(
      `select left(regexp_replace(query, '\\s+', ' ', 'g'), 60) as statement,
         round((calls::numeric / $1), 2)::float8 as times,
         round((total_plan_time / $1)::numeric, 3)::float8 as "planMs",
         round((total_exec_time / $1)::numeric, 3)::float8 as "runMs"
       from pg_stat_statements where total_plan_time + total_exec_time > $1 * 0.002
         and query not like '%pg_stat%' order by total_plan_time + total_exec_time desc limit 12`,
      [uploads],
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const found = msByOwner(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile);
    const owners = [...found]
      .map(([owner, ms]) => ({ owner, ms: Math.round((1000 * ms) / uploads) / 1000 }))
      .filter(({ ms }) => ms >= 0.01)
      .sort((a, b) => b.ms - a.ms);
    return { width, hubMs: Math.round(100 * hubMs) / 100, owners, statements };
  } finally {
    child.kill();
    await ended;
    await sql.close();
    server.stop();
    rmSync(folder, { recursive: true });
  }
}
