/** Plain SQL with `$1` parameters. `bigint` columns come back as numbers: they hold times and seqs. */
export interface Queries {
  query<Row>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** The hub's database: PostgreSQL embedded or by URL, the same SQL for both. */
export interface Sql extends Queries {
  readonly kind: 'pglite' | 'postgres';
  /** All or nothing: what `work` did is undone when it throws. Not nested. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
