import { migrate } from '../../src/hub/store/migrations.ts';
import type { Sql } from '../../src/node/database.ts';
import { openEmbedded } from './embedded.ts';
import { partition } from './partitioned.ts';
import { postgresBin } from './postgres-server.ts';
import { openShared, type Template } from './shared-postgres.ts';

export interface TestDatabase {
  readonly name: string;
  open(): Promise<Sql>;
}

const bin = postgresBin();
if (!bin) console.warn('No PostgreSQL server here (pg_ctl): hub tests run on PGlite only.');

/**
 * In weeks from before the day the tests' clock begins on, and by device: all kinds of parts, those for weeks that
 * nobody made among them, in a fifth of their number, which is what a database costs (store/partitioned.test.ts
 * makes all of them).
 */
const partitioned: Template = {
  name: 'partitioned',
  async make(sql) {
    await migrate(sql);
    await partition(sql, new Date('2022-02-20'), 4);
  },
};

/** Every database the hub can be tested on here, migrated and empty: a copy of one made once a run. */
export const databases: readonly TestDatabase[] = [
  { name: 'PGlite', open: openEmbedded },
  ...(bin
    ? [
        { name: 'PostgreSQL', open: () => openShared(bin) },
        { name: 'PostgreSQL, partitioned', open: () => openShared(bin, partitioned) },
      ]
    : []),
];
