import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { Unavailable } from './database.ts';
import type { Patience } from './patience.ts';

const int8 = pg.types.builtins.INT8;
/** `bigint` as number instead of the driver's text. */
const types = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Connections of one hub, and requests that may wait for one of them. */
export const poolSize = 10;
const maxWaiting = 500;

/** A pool of connections to the server that takes writes; another one when that is lost. */
export interface Pools {
  /** A connection; `Unavailable` when there is none in time. */
  connect(): Promise<Lease>;
  close(): Promise<void>;
}
export interface Lease {
  readonly client: pg.PoolClient;
  /** The session is ours alone: it knows a statement by the name it was given, and a limit that was set. */
  readonly isOurs: boolean;
  /** That was not so after all. */
  notOurs(): void;
  /** Gives it back; a lost one, and all others beside it, are not used again. */
  done(end?: 'lost'): void;
}

interface Pool {
  readonly pool: pg.Pool;
  readonly server: string;
  /** When it last did what was asked, on the monotonic clock. */
  goodAt: number;
  isOurs: boolean;
}

/**
 * Tries the servers all at once and keeps to the first that can be written to. When a connection is
 * lost or silent, its pool is left to end what it is doing and the servers are asked anew, so that
 * neither dead connections nor a primary that is none any more are tried one after another. One given
 * up is taken again only where no other takes writes: an old primary that nobody told may say that it does.
 */
export function createPools(
  servers: readonly string[],
  patience: Patience,
  onError: (error: Error) => void,
): Pools {
  let current: Promise<Pool> | undefined;
  let givenUp: string | undefined;

  function found(): Promise<Pool> {
    if (current) return current;
    const looking = find(servers, patience, onError, givenUp);
    current = looking;
    looking.catch(() => {
      if (current === looking) current = undefined;
    });
    return looking;
  }

  function lose(it: Promise<Pool>, { pool, server }: Pool): void {
    if (current === it) {
      current = undefined;
      givenUp = server;
    }
    end(pool);
  }

  async function lease(looking: Promise<Pool>): Promise<Lease> {
    const it = await looking;
    if (it.pool.waitingCount >= maxWaiting) throw new Unavailable(new Error('too many wait'));
    const client = await it.pool.connect().catch((error: unknown) => {
      // none in time: all are busy, or nothing moves any more
      if (performance.now() - it.goodAt > patience.connectMs) lose(looking, it);
      throw error;
    });
    return {
      client,
      isOurs: it.isOurs,
      notOurs() {
        it.isOurs = false;
      },
      done(how) {
        if (how === undefined) it.goodAt = performance.now();
        client.release(how !== undefined);
        if (how === 'lost') lose(looking, it);
      },
    };
  }

  return {
    async connect() {
      const first = found();
      try {
        return await lease(first);
      } catch (error) {
        if (first === current) throw error;
        return lease(found()); // given up by another request while this one waited
      }
    },
    async close() {
      const it = await current?.catch(() => undefined);
      current = undefined;
      if (it && !it.pool.ending) await it.pool.end();
    },
  };
}

async function find(
  servers: readonly string[],
  patience: Patience,
  onError: (error: Error) => void,
  givenUp: string | undefined,
): Promise<Pool> {
  const tries = servers.map((server) => open(server, patience, onError));
  const writable = tries.map(async (opening) => {
    const found = await opening;
    if (found.readOnly) throw new ReadOnly();
    return found;
  });
  void Promise.allSettled(writable); // of one given up nobody may ask how it ended
  const chosen = await Promise.any(writable.filter((_, i) => servers[i] !== givenUp))
    .catch(() => Promise.any(writable))
    .catch(() => (patience.readOnly ? Promise.any(tries) : undefined))
    .catch(() => undefined);
  for (const opening of tries) {
    void opening.then((one) => one !== chosen && end(one.pool)).catch(() => undefined);
  }
  if (!chosen) throw await firstError(writable);
  const { pool, server, isOurs } = chosen;
  return { pool, server, isOurs, goodAt: performance.now() };
}

/** The server answers and takes no writes: a standby, or a disk its owner saves from filling up. */
export class ReadOnly extends Error {
  readonly code = '25006';
}

async function firstError(tries: readonly Promise<unknown>[]): Promise<unknown> {
  const ended = await Promise.allSettled(tries);
  const errors = ended.map((one) => (one.status === 'rejected' ? one.reason : undefined));
  return errors.find((error) => error instanceof ReadOnly) ?? errors[0];
}

type Opened = Omit<Pool, 'goodAt'> & { readonly readOnly: boolean };

/** The server ends a statement before the driver gives it up; a pooler may not let that be asked for at the start. */
async function open(
  server: string,
  patience: Patience,
  onError: (error: Error) => void,
): Promise<Opened> {
  const { statementMs } = patience.server ?? {};
  const plain = () => openWith(server, patience, onError, {});
  if (statementMs === undefined) return plain();
  const settings = { statement_timeout: statementMs, options: `-c ${alone}` };
  return openWith(server, patience, onError, settings).catch((error: unknown) => {
    if (isRefusedParameter(error)) return plain();
    throw error;
  });
}

/**
 * A question for which somebody waits is one process's work: to begin others takes longer than a page may,
 * and the planner begins them for a row in a thousand that the first would have found at once.
 */
export const alone = 'max_parallel_workers_per_gather=0';

/** What pgbouncer says of a setting that its `ignore_startup_parameters` does not name, and other poolers of `options`. */
const isRefusedParameter = (error: unknown): boolean =>
  error instanceof Error &&
  /unsupported startup parameter|command-line options/.test(error.message);

async function openWith(
  server: string,
  { connectMs, queryMs }: Patience,
  onError: (error: Error) => void,
  settings: Pick<pg.PoolConfig, 'statement_timeout' | 'options'>,
): Promise<Opened> {
  const pool = new pg.Pool({
    connectionString: server,
    types,
    max: poolSize,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    pipeline: true,
    ...settings,
  });
  // for as long as there is the connection: the pool listens only while nobody has it, a server can say
  // ready and farewell in one packet, and what nobody hears ends the process
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => undefined); // heard above
  try {
    return { pool, server, ...(await lookAt(pool, Math.min(connectMs, queryMs))) };
  } catch (error) {
    end(pool);
    throw error;
  }
}

/** Whether it takes writes, and whether what answers is what was connected to: a pooler has a number of its own. */
async function lookAt(pool: pg.Pool, query_timeout: number) {
  const client = await pool.connect();
  let isGood = false;
  try {
    const text =
      "select current_setting('transaction_read_only') as transaction_read_only, pg_backend_pid() as pid";
    const { rows } = await client.query<{ transaction_read_only: string; pid: number }>({
      ...{ text, query_timeout },
    });
    const { processID } = client as unknown as { readonly processID: number | null };
    const [row] = rows;
    isGood = true;
    return {
      readOnly: row?.transaction_read_only !== 'off', // on for a standby, too
      isOurs: row?.pid !== undefined && row.pid === processID,
    };
  } finally {
    client.release(!isGood);
  }
}

function end(pool: pg.Pool): void {
  if (!pool.ending) void pool.end().catch(() => undefined);
}
