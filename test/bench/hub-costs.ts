import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as ours from '../support/hub-program.ts';
import { type PostgresServer, postgresBin, startPostgres } from '../support/postgres-server.ts';
import { cpuMs } from './cpu-of.ts';
import { type Ask, queues, send } from './hub-load.ts';

const entriesEach = 5;
const devices = 8;
const rounds = 8;
/** Of each kind in a round, and before the first: code that nobody has run yet is slow. */
const each = 240;
const warmUp = 1200;

/** Milliseconds of CPU, of the hub alone and of its PostgreSQL. */
export interface Cost {
  readonly hub: number;
  readonly database: number;
}
type Costs = Record<string, Cost>;

interface Running {
  readonly name: string;
  readonly origin: string;
  readonly used: () => Cost;
  readonly uploads: Uint8Array<ArrayBuffer>[][];
  stop(): Promise<void>;
}

const postmasterOf = ({ data }: PostgresServer) =>
  Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

/** The hub of a checkout with a database of its own, and what its phones are about to send. */
async function start(name: string, checkout: string | undefined): Promise<Running> {
  const { startProgram, listening } = checkout ? await programOf(checkout) : ours;
  const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-'));
  const bin = postgresBin();
  const server = bin ? await startPostgres(bin) : undefined;
  const args = ['--demo', '--no-app', '--port', '0', '--data', folder];
  const hub = startProgram(args, server?.url, []);
  const origin = `http://127.0.0.1:${await listening(hub)}`;
  const ask: Ask = (path, init) => fetch(origin + path, init);
  const perDevice = (warmUp + rounds * each) / devices;
  return {
    ...{ name, origin },
    used: () => ({
      hub: cpuMs(hub.child.pid ?? 0),
      database: server ? cpuMs(postmasterOf(server)) : 0,
    }),
    uploads: await queues(ask, { devices, perDevice, width: entriesEach }),
    async stop() {
      hub.child.kill();
      await hub.ended;
      server?.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** How that checkout starts its hub, which it builds for itself. */
async function programOf(checkout: string): Promise<typeof ours> {
  const run = process.env['KAKOU_TEST_RUN'];
  process.env['KAKOU_TEST_RUN'] = `${run}-other`;
  const file = join(resolve(checkout), 'test', 'support', 'hub-program.ts');
  const program = (await import(pathToFileURL(file).href)) as typeof ours;
  process.env['KAKOU_TEST_RUN'] = run;
  return program;
}

type Kind = (hub: Running, times: number) => Promise<void>;

/** What a phone sends and asks. */
async function kindsOf(origin: string): Promise<Readonly<Record<string, Kind>>> {
  const etag = (await fetch(`${origin}/v1/bundle`)).headers.get('etag') ?? '';
  const get =
    (path: string, status: number, init: RequestInit): Kind =>
    (hub, times) =>
      inEights(times, async () => {
        const answer = await fetch(hub.origin + path, init);
        await answer.arrayBuffer();
        if (answer.status !== status) throw new Error(`${path}: ${answer.status}`);
      });
  const nonce = { method: 'POST', body: '{"nonce":"AAAAAAAAAAAAAAAAAAAAAA"}' };
  return {
    [`upload of ${entriesEach}`]: async ({ origin: to, uploads }, times) => {
      const ask: Ask = (path, init) => fetch(to + path, init);
      const theirs = uploads.map((queue) => queue.splice(0, times / devices));
      await Promise.all(
        theirs.map(async (queue) => {
          for (const body of queue) await send(ask, body, entriesEach);
        }),
      );
    },
    time: get('/v1/time', 200, nonce),
    'bundle, not changed': get('/v1/bundle', 304, { headers: { 'if-none-match': etag } }),
    'next root, there is none': get('/v1/root/2', 404, {}),
  };
}

async function inEights(times: number, work: () => Promise<void>): Promise<void> {
  const worker = async () => {
    for (let i = 0; i < times / 8; i++) await work();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function measured(hub: Running, work: () => Promise<void>, times: number): Promise<Cost> {
  const before = hub.used();
  await work();
  const after = hub.used();
  return {
    hub: (after.hub - before.hub) / times,
    database: (after.database - before.database) / times,
  };
}

/**
 * Round by round, so that what else the machine does meets all of them alike; of the rounds the cheapest of each,
 * for what else it does makes CPU time longer and never shorter.
 */
async function inTurns(hubs: readonly Running[]): Promise<Readonly<Record<string, Costs>>> {
  const found: Record<string, Costs> = Object.fromEntries(hubs.map(({ name }) => [name, {}]));
  const kinds = new Map<Running, Awaited<ReturnType<typeof kindsOf>>>();
  for (const hub of hubs) {
    const theirs = await kindsOf(hub.origin);
    kinds.set(hub, theirs);
    for (const work of Object.values(theirs)) await work(hub, warmUp);
  }
  for (let round = 0; round < rounds; round++) {
    for (const what of Object.keys(await kindsOf(hubs[0]?.origin ?? ''))) {
      for (const hub of hubs) {
        const work = kinds.get(hub)?.[what] ?? (async () => {});
        const cost = await measured(hub, () => work(hub, each), each);
        const least = found[hub.name]?.[what] ?? cost;
        const hubMs = Math.min(least.hub, cost.hub);
        const database = Math.min(least.database, cost.database);
        found[hub.name] = { ...found[hub.name], [what]: { hub: hubMs, database } };
      }
    }
  }
  return found;
}

/**
 * What each thing that phones send costs, over HTTP and with every check; beside it the hub of another
 * checkout in the same run, where one is named: of two figures of one run the ratio travels.
 */
export async function costs(against?: string): Promise<readonly object[]> {
  const hubs = [await start('hub', undefined)];
  if (against !== undefined) hubs.push(await start(against, against));
  try {
    const found = await inTurns(hubs);
    const round = (ms: number) => Math.round(ms * 100) / 100;
    return Object.entries(found['hub'] ?? {}).map(([what, { hub, database }]) => {
      const row = { what, hubMs: round(hub), databaseMs: round(database) };
      const other = against === undefined ? undefined : found[against]?.[what];
      if (!other) return row;
      const theirs = { otherHubMs: round(other.hub), otherDatabaseMs: round(other.database) };
      return { ...row, ...theirs, times: round(other.hub / hub) };
    });
  } finally {
    for (const hub of hubs) await hub.stop();
  }
}
