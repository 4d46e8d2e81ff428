import { dirname, join } from 'node:path';
import { operating } from '../../src/node/patience.ts';
import { openPostgres } from '../../src/node/postgres.ts';
import type { PostgresServer } from '../support/postgres-server.ts';

/** Entries a second that PostgreSQL alone takes, one connection, nothing checked, counted or signed. */
export interface Yardstick {
  /** All in one `copy`. */
  readonly copy: number;
  /** So many to a statement and a commit as to a batch. */
  readonly inserts: number;
}

/** The rows of a run once more into the same table with its indexes and its reference to devices. */
export async function yardstick(server: PostgresServer, batch: number): Promise<Yardstick> {
  const sql = await openPostgres(server.url, () => {}, operating);
  const file = join(dirname(server.data), 'scans.copy');
  try {
    await sql.query('create table held as select * from scans');
    await sql.query('create index on held (device, seq)');
    const [{ n = 0 } = {}] = await sql.query<{ n: number }>('select count(*) as n from held');
    await sql.query(`copy scans to '${file}'`);
    const perSecond = async (work: () => Promise<unknown>) => {
      await sql.query('truncate scans');
      const startedAt = performance.now();
      await work();
      return Math.round((1000 * n) / (performance.now() - startedAt));
    };
    const copy = await perSecond(() => sql.query(`copy scans from '${file}'`));
    const devices = await sql.query<{ device: string; last: number }>(
      'select device, max(seq) as last from held group by device',
    );
    const inserts = await perSecond(async () => {
      for (const { device, last } of devices)
        for (let from = 1; from <= last; from += batch)
          await sql.query(
            'insert into scans select * from held where device = $1 and seq between $2 and $3',
            [device, from, from + batch - 1],
          );
    });
    return { copy, inserts };
  } finally {
    await sql.close();
  }
}
