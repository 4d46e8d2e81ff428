import type { EpochMillis } from '../../../core/units.ts';
import type { Queries, Sql } from '../../../node/database.ts';

/** Milliseconds between two comparisons, by whichever hub. */
export const compareEveryMs = 24 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** The part that no upload adds to: nobody waits for its rows. The migration's too. */
const compared = -1;

/**
 * Puts the sums of all gates, and the people of each by hour, right where they are not the sums of the gates
 * added up: a hub of before them that still runs on this database adds to the gates' own alone. A day of hours in a transaction; nothing where it
 * was done within a day. Returns how many sums were wrong.
 */
export async function compareSums(sql: Sql, now: EpochMillis): Promise<number> {
  const due = await sql.query(
    'update hub_hours_compared set at = $1 where at <= $2 or at > $1 returning at',
    [now, now - compareEveryMs],
  );
  if (due.length === 0) return 0;
  let wrong = 0;
  for (let from = await nextHour(sql, 0); from !== undefined; ) {
    const [begin, end] = [from, from + dayMs];
    wrong += await sql.transaction((tx) => putRight(tx, begin, end));
    from = await nextHour(sql, end);
  }
  return wrong;
}

/** The first hour of which there is anything, from one on. */
async function nextHour(sql: Queries, from: number): Promise<number | undefined> {
  const [row] = await sql.query<{ hour: number | null }>(
    `select min(hour) as hour from (
       select min(hour) as hour from gate_hours where hour >= $1
       union all select min(hour) from hub_hours where hour >= $1) as firsts`,
    [from],
  );
  return row?.hour ?? undefined;
}

/**
 * By one look at both, in which every upload is whole or not at all, and by differences, so that uploads go
 * on. One hub at a time, or a difference would be put right twice.
 */
async function putRight(tx: Queries, from: number, to: number): Promise<number> {
  await tx.query('update hub_hours_compared set at = at');
  const rows = await tx.query(
    `insert into hub_hours
     select ${compared}, hour, standing, dir, state, reason, issuer, outcome, sum(count)::bigint from (
       select hour, standing, dir, state, reason, issuer, outcome, count from gate_hours
         where hour >= $1 and hour < $2
       union all select hour, standing, dir, state, reason, issuer, outcome, -count from hub_hours
         where hour >= $1 and hour < $2) as both_sums
     group by hour, standing, dir, state, reason, issuer, outcome having sum(count) <> 0
     order by hour, standing, dir, state, reason, issuer, outcome
     on conflict (part, hour, standing, dir, state, reason, issuer, outcome) do update set
       count = hub_hours.count + excluded.count returning hour`,
    [from, to],
  );
  const people = await tx.query(
    `insert into gate_people
     select gate, hour, sum(people)::bigint, sum(refused)::bigint from (
       select gate, hour, count as people, case outcome when 'refused' then count else 0 end as refused
         from gate_hours where standing = 'counted' and dir = 'in' and hour >= $1 and hour < $2
       union all select gate, hour, -people, -refused from gate_people
         where hour >= $1 and hour < $2) as both_sums
     group by gate, hour having sum(people) <> 0 or sum(refused) <> 0 order by gate, hour
     on conflict (gate, hour) do update set people = gate_people.people + excluded.people,
       refused = gate_people.refused + excluded.refused returning gate`,
    [from, to],
  );
  return rows.length + people.length;
}
