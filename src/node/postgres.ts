import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import {
  codeOf,
  isOfNames,
  orUnavailable,
  type Queries,
  type Sql,
  type Statement,
  Unavailable,
} from './database.ts';
import { type Patience, serving } from './patience.ts';
import { alone, createPools, type Lease } from './postgres-pools.ts';
import { serversOf } from './postgres-servers.ts';
import { arrayLiteral } from './store/array-literal.ts';

/**
 * PostgreSQL by URL, through a pool: of several servers the one that takes writes. Nothing waits for
 * ever: what cannot be done in `patience` fails as `Unavailable`, and so does everything that is not
 * our own mistake. `onError` hears of every connection lost.
 */
export async function openPostgres(
  url: string,
  onError: (error: Error) => void,
  patience: Patience = serving,
): Promise<Sql> {
  const pools = createPools(serversOf(url), patience, onError);

  /** `work` on one connection. */
  const onOne = <T>(work: (lease: Lease) => Promise<T>, undo?: string): Promise<T> =>
    orUnavailable(async () => {
      const lease = await pools.connect();
      const { client, done } = lease;
      try {
        const result = await work(lease);
        done();
        return result;
      } catch (error) {
        if (isOfNames(causeOf(error))) lease.notOurs();
        if (isLost(error)) done('lost');
        else if (undo === undefined) done();
        else
          await client.query(undo).then(
            () => done(),
            () => done('lost'),
          );
        throw error;
      }
    });

  await onOne(({ client }) => client.query('select 1'));
  return {
    kind: 'postgres',
    async query<Row>(text: string, params: readonly unknown[] = [], name?: string) {
      const one = { text, params, ...(name !== undefined && { name }) };
      const [rows = []] = await onOne((lease) => allInTurn(lease, [one], patience));
      return rows as Row[];
    },
    inTurn: (statements) => onOne((lease) => allInTurn(lease, statements, patience)),
    async transaction(work) {
      let failed: { readonly error: unknown } | undefined;
      const result = onOne(async (lease) => {
        const { client } = lease;
        await client.query(beginning(patience));
        const until = performance.now() + patience.transactionMs;
        const value = await work(queries(lease, until)).catch((error: unknown) => {
          failed = { error };
          throw error;
        });
        await client.query('commit');
        return value;
      }, 'rollback');
      return result.catch((error: unknown) => {
        throw failed ? failed.error : error; // what `work` threw of itself is not the database's
      });
    },
    close: () => pools.close(),
  };
}

/** One round trip. For the transaction alone, so that a pooler may give it any connection. */
function beginning({ server }: Patience): string {
  if (!server) return 'begin';
  return `begin; set local statement_timeout = ${server.statementMs};
    set local lock_timeout = ${server.lockMs};
    set local idle_in_transaction_session_timeout = ${server.idleMs}; set local ${alone}`;
}

const asValue = (param: unknown): unknown =>
  Array.isArray(param) ? (arrayLiteral(param) ?? param) : param;

/** As the driver takes it; without its name where that would be somebody else's. */
function asked(
  { isOurs }: Pick<Lease, 'isOurs'>,
  { text, params, name }: Omit<Statement, 'name'> & { readonly name?: string | undefined },
): pg.QueryConfig {
  const values = params.map(asValue);
  return isOurs && name !== undefined ? { text, values, name } : { text, values };
}

/**
 * All sent at one go; each has its own end, so the next begins when what the one before did is for good. Where
 * the session is not ours each is a transaction with the limit of a statement of its own.
 */
async function allInTurn(
  lease: Lease,
  statements: readonly Statement[],
  patience: Patience,
): Promise<unknown[][]> {
  const { client, isOurs } = lease;
  const isLimited = isOurs || !patience.server;
  const around = (text: string) => (isLimited ? [] : [client.query(text)]);
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Duplex } })
    .connection;
  const send = (one: Statement) => {
    const before = around(beginning(patience));
    const answer = client.query(asked(lease, one));
    return { answer, all: [...before, answer, ...around('commit')] };
  };
  stream.cork();
  let sent: ReturnType<typeof send>[];
  try {
    sent = statements.map(send);
  } finally {
    stream.uncork();
  }
  await Promise.allSettled(sent.flatMap(({ all }) => all)); // of the next nobody asks where one failed
  await Promise.all(sent.flatMap(({ all }) => all));
  return Promise.all(sent.map(async ({ answer }) => (await answer).rows));
}

function queries(lease: Lease, until: number): Queries {
  return {
    query: <Row>(text: string, params: readonly unknown[] = [], name?: string) =>
      orUnavailable(async () => {
        if (performance.now() > until) throw new Error('the transaction took too long');
        return (await lease.client.query(asked(lease, { text, params, name }))).rows as Row[];
      }),
  };
}

const causeOf = (error: unknown): unknown => (error instanceof Unavailable ? error.cause : error);

/**
 * The connection, or the server's being the one that takes writes. A statement the server itself
 * gave up, or that found no room, leaves both as they are.
 */
function isLost(error: unknown): boolean {
  const cause = causeOf(error);
  const code = codeOf(cause);
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) return isOfTheDriver(cause);
  return /^(08|57P|25006)/.test(code);
}

/** A system's error, or what the driver says of a connection; not what `work` threw of itself. */
const isOfTheDriver = (error: unknown): boolean =>
  error instanceof Error &&
  ('syscall' in error || /^(Query read timeout|Connection terminated|Client )/.test(error.message));
