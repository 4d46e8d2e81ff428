/** Plain SQL with `$1` parameters. `bigint` columns come back as numbers: they hold times and seqs. */
export interface Queries {
  /** `name`: of a text that is asked again and again, its own and no other's; a server plans it once a connection. */
  query<Row>(text: string, params?: readonly unknown[], name?: string): Promise<Row[]>;
  /**
   * Statements in one round trip, each for itself and when the one before has ended, however it ended; a
   * failure of any fails all of it. Where it is left out they are asked one by one: `inTurn`.
   */
  inTurn?(statements: readonly Statement[]): Promise<unknown[][]>;
}

/** A statement on its way. */
export interface Statement {
  readonly text: string;
  readonly params: readonly unknown[];
  readonly name?: string;
}

export const inTurn = async (
  queries: Queries,
  statements: readonly Statement[],
): Promise<unknown[][]> => {
  if (queries.inTurn) return queries.inTurn(statements);
  const rows: unknown[][] = [];
  for (const { text, params, name } of statements)
    rows.push(await queries.query(text, params, name));
  return rows;
};

/** The hub's database: PostgreSQL embedded or by URL, the same SQL for both. */
export interface Sql extends Queries {
  readonly kind: 'pglite' | 'postgres';
  /** All or nothing: what `work` did is undone when it throws. Not nested. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * The database cannot do it now: gone, silent, full, read-only, busy. What was asked is not done, or
 * it is not known whether it was; the same asked again later is right. `code` is the cause's.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super('the database is not available', { cause });
    this.code = codeOf(cause);
  }
}

/** SQLSTATE of the server, or code of the system or the driver. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

/** Classes of a statement or value that is wrong whoever runs it when: 0A, 21, 22, 23, 42. */
const isOurMistake = (error: unknown): boolean =>
  /^(0A|2[123]|42)/.test(codeOf(error) ?? '') && !isOfNames(error);

/**
 * The server knows a statement's name otherwise than we do: something between us and it gives one session
 * to many. Nothing was done.
 */
export const isOfNames = (error: unknown): boolean =>
  ['26000', '42P05'].includes(codeOf(error) ?? '');

/** Runs what a driver does; any failure that is not our own mistake comes out as `Unavailable`. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Unavailable || isOurMistake(error) ? error : new Unavailable(error);
  }
}
