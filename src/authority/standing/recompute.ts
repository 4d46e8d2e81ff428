import { isWorse, judge, type Standing } from '../../core/health/colour-rules.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries, Sql } from '../../node/database.ts';
import { risksOf } from '../store/districts.ts';
import { revokeOf } from '../store/indices.ts';
import { type KeptRules, rulesInForce } from '../store/rule-sets.ts';
import { casesOf, type PersonCase } from './cases.ts';

/** What became of people's states. */
export interface Recomputed {
  readonly persons: number;
  readonly worse: number;
  readonly better: number;
  /** Somebody whose outstanding codes must not be good for another minute. */
  readonly urgent: number;
  readonly failed: number;
}

export const nobody: Recomputed = { persons: 0, worse: 0, better: 0, urgent: 0, failed: 0 };

export const sum = (a: Recomputed, b: Recomputed): Recomputed => ({
  persons: a.persons + b.persons,
  worse: a.worse + b.worse,
  better: a.better + b.better,
  urgent: a.urgent + b.urgent,
  failed: a.failed + b.failed,
});

/**
 * Judges these people anew by the rules in force and writes what came of it, in the caller's
 * transaction. A state that has become worse revokes what is outstanding: protocol 15.
 */
export async function recompute(
  tx: Queries,
  persons: readonly string[],
  now: EpochMillis,
): Promise<Recomputed> {
  const kept = await rulesInForce(tx);
  if (!kept || persons.length === 0) return nobody;
  return recomputeBy(tx, kept, persons, await risksOf(tx), now);
}

async function recomputeBy(
  tx: Queries,
  kept: KeptRules,
  persons: readonly string[],
  risks: ReadonlyMap<string, string>,
  now: EpochMillis,
): Promise<Recomputed> {
  const cases = await casesOf(tx, persons, risks, now);
  const judged = cases.map((one) => ({
    one,
    standing: judge(kept.rules, one.case, toSeconds(now)),
  }));
  await writeStandings(tx, judged, kept.version, now);
  const worse = judged.filter(({ one, standing }) => becameWorse(kept, one, standing));
  const urgent = worse.filter(({ standing }) => standing.urgent);
  const calm = worse.filter(({ standing }) => !standing.urgent);
  await revokeOf(
    tx,
    urgent.map(({ one }) => one.person),
    { urgent: true, now },
  );
  await revokeOf(
    tx,
    calm.map(({ one }) => one.person),
    { urgent: false, now },
  );
  const better = judged.filter(
    ({ one, standing }) =>
      one.before !== undefined &&
      isWorse(kept.rules, standing.state, one.before.state ?? undefined),
  );
  return {
    persons: cases.length,
    ...{ worse: worse.length, better: better.length, urgent: urgent.length },
    failed: judged.filter(({ standing }) => standing.failed.length > 0).length,
  };
}

/** A stricter state, or a notice that was not there. */
function becameWorse({ rules }: KeptRules, { before }: PersonCase, standing: Standing): boolean {
  if (before === undefined) return false;
  const known = JSON.parse(before.notices) as string[];
  return (
    isWorse(rules, before.state ?? undefined, standing.state) ||
    standing.notices.some((notice) => !known.includes(notice))
  );
}

async function writeStandings(
  tx: Queries,
  judged: readonly { readonly one: PersonCase; readonly standing: Standing }[],
  rules: number,
  now: EpochMillis,
): Promise<void> {
  const rows = judged.map(({ one, standing }) => ({
    person: one.person,
    state: standing.state ?? null,
    notices: JSON.stringify(standing.notices),
    because: JSON.stringify(standing.because),
    until: standing.until ?? null,
    recheck_at: standing.recheckAt ?? null,
    district: one.district,
    declared_at: one.declaredAt,
  }));
  await tx.query(
    `insert into standings (person, state, notices, because, until, recheck_at, district, declared_at,
         rules, judged_at)
     select person, state, notices, because, until, recheck_at, district, declared_at, $2, $3
     from json_to_recordset($1::json) as r(person text, state text, notices text, because text,
       until bigint, recheck_at bigint, district text, declared_at bigint)
     on conflict (person) do update set state = excluded.state, notices = excluded.notices,
       because = excluded.because, until = excluded.until, recheck_at = excluded.recheck_at,
       district = excluded.district, declared_at = excluded.declared_at, rules = excluded.rules,
       judged_at = excluded.judged_at`,
    [JSON.stringify(rows), rules, now],
  );
}

const stride = 500;

/** People whose state ends, or changes, by itself: those whose time has come. */
export const recomputeDue = (sql: Sql, now: EpochMillis): Promise<Recomputed> =>
  sql.transaction(async (tx) => {
    const rows = await tx.query<{ person: string }>(
      `select person from standings where recheck_at <= $1 order by recheck_at limit ${stride}
       for update skip locked`,
      [toSeconds(now)],
    );
    return recompute(
      tx,
      rows.map(({ person }) => person),
      now,
    );
  });

/**
 * Everybody is to be judged anew, from the beginning: rules or the risk of a place have changed. It is
 * done some at a time (`settleSome`) and goes on where it was after a stop.
 */
export const beginSettling = (tx: Queries): Promise<unknown> =>
  tx.query(
    `insert into jobs (name, state) values ('settle', '') on conflict (name) do update set state = ''`,
  );

/** Judges the next people anew; undefined when nobody is left. */
export const settleSome = (sql: Sql, now: EpochMillis): Promise<Recomputed | undefined> =>
  sql.transaction(async (tx) => {
    const [job] = await tx.query<{ state: string }>(
      "select state from jobs where name = 'settle' for update",
    );
    if (!job) return undefined;
    const rows = await tx.query<{ person: string }>(
      `select person from standings where person > $1 order by person limit ${stride} for update`,
      [job.state],
    );
    const persons = rows.map(({ person }) => person);
    const last = persons.at(-1);
    if (last === undefined) {
      const left = await unjudged(tx);
      if (left.length > 0) return recompute(tx, left, now);
      await tx.query("delete from jobs where name = 'settle'");
      return undefined;
    }
    await tx.query("update jobs set state = $1 where name = 'settle'", [last]);
    return recompute(tx, persons, now);
  });

/** Who came before there were any rules. */
async function unjudged(tx: Queries): Promise<string[]> {
  if (!(await rulesInForce(tx))) return [];
  const rows = await tx.query<{ id: string }>(
    `select id from persons p where not exists (select 1 from standings s where s.person = p.id)
     order by id limit ${stride} for update`,
  );
  return rows.map(({ id }) => id);
}
