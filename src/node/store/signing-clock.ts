import { type EpochMillis, epochMillis, type MonotonicMillis } from '../../core/units.ts';
import type { Sql } from '../database.ts';
import type { ServerClock } from '../http/server-clock.ts';

/**
 * Why a server signs nothing: its clock is `behind` what was signed with this database
 * already, or further `ahead` of it than a hub stands still, or has `jumped` while it ran.
 */
export type ClockDoubt = 'behind' | 'ahead' | 'jumped';

/** What the operator is to do about it. */
export const clockAdvice: Readonly<Record<ClockDoubt, string>> = {
  behind:
    'the clock is behind a time signed before: nothing is signed; set the clock, or start with --clock-is-right',
  ahead:
    'the clock is over 30 days after the last time signed: nothing is signed; set the clock, or start with --clock-is-right',
  jumped:
    'the clock has jumped by over a minute: nothing is signed until it has run evenly for 5 minutes',
};

/** Watches the server's own clock: a wrong date it signs would be believed by every phone. */
export interface SigningClock {
  /** Undefined: it may sign. */
  doubt(): ClockDoubt | undefined;
}

const slackMs = 60_000;
/** Phones believe no time further than this after their bundle's end either. */
const aheadMs = 30 * 24 * 3600_000;
/** How long a clock that jumped must run evenly before it counts again (a suspended machine). */
const steadyMs = 300_000;
const writeEveryMs = 60_000;

interface Reading {
  readonly wall: EpochMillis;
  readonly monotonic: MonotonicMillis;
}

/** What is known of the clock: the latest time signed, and where its even run began. */
export interface ClockRecord {
  readonly newest: EpochMillis;
  readonly start: Reading;
  readonly last: Reading;
  readonly hasJumped: boolean;
}

/** The record after one more look, and whether the clock may sign. */
export function judgeClock(
  record: ClockRecord,
  reading: Reading,
): { readonly record: ClockRecord; readonly doubt?: ClockDoubt } {
  const { last } = record;
  const drift = reading.wall - last.wall - (reading.monotonic - last.monotonic);
  const jumps = Math.abs(drift) > slackMs;
  const start = jumps ? reading : record.start;
  const hasJumped = jumps || record.hasJumped;
  const next = { ...record, start, last: reading, hasJumped };
  if (reading.wall < record.newest - slackMs) return { record: next, doubt: 'behind' };
  if (record.newest > 0 && reading.wall > record.newest + aheadMs)
    return { record: next, doubt: 'ahead' };
  const isSteady = reading.monotonic - start.monotonic >= steadyMs;
  if (hasJumped && !isSteady) return { record: next, doubt: 'jumped' };
  return {
    record: {
      ...next,
      newest: epochMillis(Math.max(record.newest, reading.wall)),
      hasJumped: false,
    },
  };
}

export interface SigningClockNeeds {
  readonly clock: ServerClock;
  readonly sql: Sql;
  /** The operator has looked at the clock (`--clock-is-right`): what was signed before is forgotten. */
  readonly confirmed: boolean;
  onDoubt(doubt: ClockDoubt): void;
}

/** Holds the clock to what hubs on this database have signed; writes down the latest once a minute. */
export async function createSigningClock(parts: SigningClockNeeds): Promise<SigningClock> {
  const { clock, sql, confirmed } = parts;
  const read = (): Reading => ({ wall: clock.wall(), monotonic: clock.monotonic() });
  const first = read();
  if (confirmed) await sql.query('delete from signed_time');
  let record: ClockRecord = {
    ...{ newest: await newestSigned(sql), start: first, last: first, hasJumped: false },
  };
  let writtenAt = Number.NEGATIVE_INFINITY;
  let told: ClockDoubt | undefined;

  /** What another hub has signed meanwhile counts here too. */
  async function write(): Promise<void> {
    await raise(sql, record.newest);
    const newest = epochMillis(Math.max(record.newest, await newestSigned(sql)));
    record = { ...record, newest };
  }

  return {
    doubt() {
      const reading = read();
      const judged = judgeClock(record, reading);
      record = judged.record;
      if (judged.doubt && judged.doubt !== told) parts.onDoubt(judged.doubt);
      told = judged.doubt;
      if (!judged.doubt && reading.monotonic - writtenAt >= writeEveryMs) {
        writtenAt = reading.monotonic;
        void write().catch(() => undefined); // a database that is away is said elsewhere
      }
      return judged.doubt;
    },
  };
}

async function newestSigned(sql: Sql): Promise<EpochMillis> {
  const [row] = await sql.query<{ at: number | null }>('select max(at) as at from signed_time');
  return epochMillis(Number(row?.at ?? 0));
}

/** One row: the latest time signed. */
async function raise(sql: Sql, at: EpochMillis): Promise<void> {
  await sql.query(
    `insert into signed_time (id, at) values (1, $1)
     on conflict (id) do update set at = greatest(signed_time.at, excluded.at)`,
    [Math.round(at)],
  );
}
