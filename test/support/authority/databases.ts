import { migrate } from '../../../src/authority/store/migrations.ts';
import type { Sql } from '../../../src/node/database.ts';
import type { TestDatabase } from '../databases.ts';
import { openEmbedded } from '../embedded.ts';
import { postgresBin } from '../postgres-server.ts';
import { openShared } from '../shared-postgres.ts';

const bin = postgresBin();

/** An authority's database in memory, migrated and empty. */
export const openAuthority = (): Promise<Sql> => openEmbedded(migrate);

/** Every database the authority can be tested on here. */
export const databases: readonly TestDatabase[] = [
  { name: 'PGlite', open: openAuthority },
  ...(bin
    ? [{ name: 'PostgreSQL', open: () => openShared(bin, { name: 'authority', make: migrate }) }]
    : []),
];
