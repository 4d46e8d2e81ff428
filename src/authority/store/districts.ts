import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

export type Risk = 'low' | 'medium' | 'high';
export const risks: readonly Risk[] = ['low', 'medium', 'high'];

export interface District {
  readonly code: string;
  readonly risk: Risk;
  /** `YYYY-MM-DD`. */
  readonly since: string;
}

/** Sets the risk of a district; whether that changed anything. */
export async function setRisk(
  tx: Queries,
  { code, risk, since }: District,
  now: EpochMillis,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into districts (code, risk, since, changed_at) values ($1, $2, $3, $4)
     on conflict (code) do update set risk = $2, since = $3, changed_at = $4
       where districts.risk <> $2 or districts.since <> $3 returning code`,
    [code, risk, since, now],
  );
  return rows.length > 0;
}

export const listDistricts = (sql: Queries): Promise<District[]> =>
  sql.query<District>('select code, risk, since from districts order by code');

/** Risk by district. One that is not named is `unknown`, and rules say what that means. */
export async function risksOf(sql: Queries): Promise<ReadonlyMap<string, string>> {
  return new Map((await listDistricts(sql)).map(({ code, risk }) => [code, risk]));
}
