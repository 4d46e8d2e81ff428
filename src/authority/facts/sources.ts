import type { PublicJwk } from '../../core/jwk.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** Who may tell facts, and of which kinds. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly jwk: PublicJwk;
  readonly kinds: readonly string[];
}

/** Adds a source, or gives it another key, name or kinds. */
export const putSource = (
  tx: Queries,
  { id, name, jwk, kinds }: Source,
  now: EpochMillis,
): Promise<unknown> =>
  tx.query(
    `insert into sources (id, name, jwk, kinds, added_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name = $2, jwk = $3, kinds = $4, ended_at = null`,
    [id, name, JSON.stringify(jwk), JSON.stringify(kinds), now],
  );

/** A source that tells nothing any more; what it told stays. Whether there was one. */
export async function endSource(tx: Queries, id: string, now: EpochMillis): Promise<boolean> {
  const rows = await tx.query(
    'update sources set ended_at = $2 where id = $1 and ended_at is null returning id',
    [id, now],
  );
  return rows.length > 0;
}

export async function findSource(sql: Queries, id: string): Promise<Source | undefined> {
  const [row] = await sql.query<{ id: string; name: string; jwk: string; kinds: string }>(
    'select id, name, jwk, kinds from sources where id = $1 and ended_at is null',
    [id],
  );
  return row && { ...row, jwk: JSON.parse(row.jwk), kinds: JSON.parse(row.kinds) };
}

export async function listSources(
  sql: Queries,
): Promise<{ id: string; name: string; kinds: string[]; ended: boolean }[]> {
  const rows = await sql.query<{ id: string; name: string; kinds: string; ended: boolean }>(
    'select id, name, kinds, ended_at is not null as ended from sources order by id',
  );
  return rows.map((row) => ({ ...row, kinds: JSON.parse(row.kinds) as string[] }));
}
