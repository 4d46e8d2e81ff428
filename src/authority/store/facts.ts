import type { ToldFact } from '../../core/health/desk-answers.ts';
import type { Queries } from '../../node/database.ts';

/**
 * What sources have said of somebody: what a colour rests on. First what counts, however much was taken back since,
 * each the newest first. Whose child it is stays out.
 */
export const factsOf = (sql: Queries, subject: string): Promise<ToldFact[]> =>
  sql.query<ToldFact>(
    `select source, id, kind, case when kind = 'guardian' then null else value end as value,
       district, at, until, withdrawn_at as "withdrawnAt" from facts
     where subject = $1 order by withdrawn_at is not null, at desc, id limit 200`,
    [subject],
  );
