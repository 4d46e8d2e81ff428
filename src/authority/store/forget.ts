import { daysBefore, shanghaiDay } from '../../core/health/shanghai.ts';
import { visitDays } from '../../core/place/desk-places.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries, Sql } from '../../node/database.ts';

const dayMs = 86_400_000;

/** Days things are kept; the operator's rule may say more or less. */
export interface Retention {
  /** Declarations; at least the 14 days that people can look back on. */
  readonly declarations: number;
  /** Facts after they ended or were taken back, appeals and applications after their answer. */
  readonly ended: number;
  /** People of whom nothing is left. */
  readonly persons: number;
}
export const usualRetention: Retention = { declarations: 30, ended: 60, persons: 400 };

export type Forgotten = Readonly<
  Record<
    | 'declarations'
    | 'facts'
    | 'batches'
    | 'appeals'
    | 'applications'
    | 'visits'
    | 'indices'
    | 'sessions'
    | 'persons',
    number
  >
>;

/** Deletes for good what the rule keeps no longer, in one transaction. */
export const forget = (
  sql: Sql,
  { declarations, ended, persons }: Retention,
  now: EpochMillis,
): Promise<Forgotten> =>
  sql.transaction(async (tx) => {
    const at = toSeconds(now);
    const gone = (text: string, ...params: unknown[]) => count(tx, text, params);
    const before = daysBefore(shanghaiDay(now), declarations);
    const done = {
      declarations: await gone('delete from declarations where day < $1 returning 1', before),
      facts: await gone(
        'delete from facts where withdrawn_at < $1 or until < $2 returning 1',
        now - ended * dayMs,
        at - ended * 86_400,
      ),
      batches: await gone(
        'delete from fact_batches where at < $1 returning 1',
        now - persons * dayMs,
      ),
      appeals: await gone(
        'delete from appeals where answered_at < $1 returning 1',
        now - ended * dayMs,
      ),
      applications: await gone(
        'delete from place_applications where decided_at < $1 returning 1',
        now - ended * dayMs,
      ),
      visits: await forgetVisits(tx, now),
      // what rests long enough to have another owner has none any more
      indices: await gone(
        'delete from status_indices where expires_at < $1 returning 1',
        at - 3 * 86_400,
      ),
      sessions: await gone(
        'delete from sessions where seen_at < $1 or ended_at < $2 returning 1',
        now - 30 * dayMs,
        now - dayMs,
      ),
      persons: await forgetPersons(tx, now - persons * dayMs),
    };
    await tx.query('delete from sign_in_flows where expires_at < $1', [now]);
    await tx.query('delete from consents where expires_at < $1', [now - dayMs]);
    await tx.query('delete from desk_passes where expires_at < $1', [at - 86_400]);
    await tx.query('delete from counted where since < $1', [now - 2 * dayMs]);
    return done;
  });

/**
 * Deletes visits that are kept no longer, whatever the operator's rule. One that a phone has dated ahead
 * goes by the day it came.
 */
export const forgetVisits = (sql: Queries, now: EpochMillis): Promise<number> =>
  count(sql, 'delete from visits where at < $1 or received < $1 returning 1', [
    toSeconds(now) - visitDays * 86_400,
  ]);

/** People who were there before and of whom nothing speaks any longer. */
async function forgetPersons(tx: Queries, before: number): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `select id from persons p where created_at < $1
       and not exists (select 1 from declarations where person = p.id)
       and not exists (select 1 from facts where subject = p.subject)
       and not exists (select 1 from appeals where person = p.id)
       and not exists (select 1 from place_applications where person = p.id)
       and not exists (select 1 from visits where person = p.id)
       and not exists (select 1 from status_indices where person = p.id)
       and not exists (select 1 from sessions where whose = p.id)
       and not exists (select 1 from relatives where holder = p.id or relative = p.id)`,
    [before],
  );
  const ids = rows.map(({ id }) => id);
  await tx.query('delete from consents where person = any($1)', [ids]);
  await tx.query('delete from standings where person = any($1)', [ids]);
  return count(tx, 'delete from persons where id = any($1) returning 1', [ids]);
}

const count = async (tx: Queries, text: string, params: readonly unknown[]): Promise<number> =>
  (await tx.query(text, params)).length;
