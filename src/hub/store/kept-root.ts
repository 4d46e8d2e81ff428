import type { Queries } from '../../node/database.ts';

/** The root 1 of the authority whose database this is. */
export interface KeptRoot {
  readonly sha256: string;
  readonly demo: boolean;
}

/** None before the first start that writes it down; more than one when two began at once. */
export async function keptRoots(sql: Queries): Promise<KeptRoot[]> {
  const rows = await sql.query<{ root_sha256: string; demo: boolean }>(
    'select root_sha256, demo from authority',
  );
  return rows.map(({ root_sha256: sha256, demo }) => ({ sha256, demo }));
}

export const addRoot = (sql: Queries, { sha256, demo }: KeptRoot): Promise<unknown[]> =>
  sql.query('insert into authority (root_sha256, demo) values ($1, $2)', [sha256, demo]);

/** Nobody has enrolled here, and nobody may. */
export async function isEmpty(sql: Queries): Promise<boolean> {
  const [row] = await sql.query<{ n: number }>(
    'select (select count(*) from devices) + (select count(*) from enrol_codes) as n',
  );
  return Number(row?.n ?? 1) === 0;
}
