import type { Queries, Sql } from '../../node/database.ts';

/**
 * The hub's open database for one command: after `signal` it begins no statement, so that a command
 * ends between two, and what its transaction did is undone. To close it is the hub's affair.
 */
export function abortable(sql: Sql, signal: AbortSignal): Sql {
  const guarded = (on: Queries): Queries => ({
    async query(text, params, name) {
      signal.throwIfAborted();
      return on.query(text, params, name);
    },
  });
  return {
    kind: sql.kind,
    ...guarded(sql),
    async transaction(work) {
      signal.throwIfAborted();
      return sql.transaction(async (tx) => {
        const result = await work(guarded(tx));
        signal.throwIfAborted();
        return result;
      });
    },
    close: async () => undefined,
  };
}
