import type { Queries, Sql } from '../database.ts';

/** Applied in order, once each, and never edited afterwards: a change is a new migration. */
export type Migrations = readonly (readonly string[])[];

/**
 * Brings a program's database to the newest form; several of its processes may start on one database
 * at once. `lockId` is the program's own: only one migrates at a time.
 */
export async function migrateWith(sql: Sql, migrations: Migrations, lockId: number): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [lockId]);
    await tx.query('create table if not exists migrations (version int primary key)');
    const done = await newest(tx);
    for (const [i, statements] of migrations.entries()) {
      if (i + 1 <= done) continue;
      for (const statement of statements) await tx.query(statement);
      await tx.query('insert into migrations values ($1)', [i + 1]);
    }
  });
}

async function newest(tx: Queries): Promise<number> {
  const [row] = await tx.query<{ version: number | null }>(
    'select max(version) as version from migrations',
  );
  return row?.version ?? 0;
}
