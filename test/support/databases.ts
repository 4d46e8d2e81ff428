import { vi } from 'vitest';
import type { Sql } from '../../src/hub/store/database.ts';
import { migrate } from '../../src/hub/store/migrations.ts';
import { operating } from '../../src/hub/store/patience.ts';
import { openPglite } from '../../src/hub/store/pglite.ts';
import { openPostgres } from '../../src/hub/store/postgres.ts';
import { partition } from './partitioned.ts';
import { postgresBin, startPostgres } from './postgres-server.ts';

export interface TestDatabase {
  readonly name: string;
  open(): Promise<Sql>;
}

// a database starts in seconds, and in many of them on a busy machine
vi.setConfig({ testTimeout: 30_000, hookTimeout: 90_000 });

const bin = postgresBin();
if (!bin) console.warn('No PostgreSQL server here (pg_ctl): hub tests run on PGlite only.');

/** Every database the hub can be tested on here, migrated and empty; closed with all it started. */
export const databases: readonly TestDatabase[] = [
  {
    name: 'PGlite',
    async open() {
      const sql = await openPglite();
      await migrate(sql);
      return sql;
    },
  },
  ...(bin
    ? [
        { name: 'PostgreSQL', open: () => onServer(bin) },
        { name: 'PostgreSQL, partitioned', open: () => onPartitioned(bin) },
      ]
    : []),
];

/** In weeks from before the day the tests' clock begins on, and by device. */
const onPartitioned = (bin: string): Promise<Sql> =>
  onServer(bin, (sql) => partition(sql, new Date('2022-02-20')));

async function onServer(bin: string, prepare = async (_: Sql): Promise<void> => {}): Promise<Sql> {
  const server = await startPostgres(bin);
  // as an operator, who waits: on a busy machine this takes longer than a phone would
  const first = await openPostgres(server.url, () => {}, operating);
  await migrate(first);
  await prepare(first);
  await first.close();
  const sql = await openPostgres(server.url, () => {});
  return {
    ...sql,
    async close() {
      await sql.close();
      server.stop();
    },
  };
}
