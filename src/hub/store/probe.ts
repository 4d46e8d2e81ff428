import type { Sql } from '../../node/database.ts';
import type { HubClock } from '../hub.ts';

/** Milliseconds an answer is good for, so that asking often costs nothing. */
const goodMs = 2000;
/** Milliseconds after which a database that has not answered cannot store. */
const patienceMs = 3000;

/**
 * Asks whether the database can store now, by storing: it changes the one row of `store_probe`, which
 * a standby, a read-only or a hung server does not do, and has the server make and remove a small
 * file of its own, which a full disk does not let it. One probe at a time, its answer kept for 2 s.
 */
export function storeProbe(sql: Sql, clock: HubClock): () => Promise<boolean> {
  let known: { readonly at: number; readonly answer: Promise<boolean> } | undefined;
  return () => {
    const at = clock.monotonic();
    if (known && at - known.at < goodMs) return known.answer;
    const probing = probe(sql, clock).then(
      () => true,
      () => false,
    );
    const answer = Promise.race([probing, later(patienceMs)]);
    known = { at, answer };
    return answer;
  };
}

const probe = (sql: Sql, clock: HubClock): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.query('update store_probe set at = $1', [clock.wall()]);
    await tx.query('select pg_export_snapshot()');
  });

const later = (ms: number): Promise<false> =>
  new Promise((resolve) => setTimeout(resolve, ms, false).unref());
