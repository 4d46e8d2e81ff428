import type { ToldFact } from '../../core/health/desk-answers.ts';
import type { Queries } from '../../node/database.ts';

/** What sources have said of somebody, the newest first: what a colour rests on. Whose child it is stays out. */
export const factsOf = (sql: Queries, subject: string): Promise<ToldFact[]> =>
  sql.query<ToldFact>(
    `select source, id, kind, case when kind = 'guardian' then null else value end as value,
       district, at, until, withdrawn_at as "withdrawnAt" from facts
     where subject = $1 order by at desc limit 100`,
    [subject],
  );
