import { type FailingWork, failingWork } from '../../core/console/failing.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** Work that the hub does by itself and that fails: kept until it is done, so that every hub's desk can say it. */
export async function noteFailing(
  sql: Queries,
  what: FailingWork,
  problem: string,
  now: EpochMillis,
): Promise<void> {
  await sql.query(
    `insert into failing_work (what, problem, since, at) values ($1, $2, $3, $3)
     on conflict (what) do update set problem = excluded.problem, at = excluded.at`,
    [what, problem, now],
  );
}

export async function noteDone(sql: Queries, what: FailingWork): Promise<void> {
  await sql.query('delete from failing_work where what = $1', [what]);
}

interface Row {
  readonly what: string;
  readonly problem: string;
  readonly since: number;
  readonly at: number;
}

/** It is tried again sooner than that: what was not tried since is nobody's work any longer. */
const staleMs = 3_600_000;

/** What fails now, the longest first; a newer hub's work that this one does not know is left out. */
export async function failing(sql: Queries, now: EpochMillis) {
  const rows = await sql.query<Row>(
    'select what, problem, since, at from failing_work where at > $1 order by since',
    [now - staleMs],
  );
  return rows.flatMap(({ what, ...row }) => {
    const known = failingWork.find((one) => one === what);
    return known ? [{ what: known, ...row }] : [];
  });
}
