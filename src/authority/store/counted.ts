import { sha256Hex } from '../../core/bytes.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** So many in a window that begins with the first. */
export interface Allowance {
  readonly times: number;
  readonly windowMs: number;
}

const hour = 3_600_000;

/** What one person or one operator may do so often; kept in the database, so that N processes count as one. */
export const allowances = {
  /** Wrong or right: somebody who tries documents of children. */
  'relative-tries': { times: 10, windowMs: 24 * hour },
  'consents-made': { times: 20, windowMs: 24 * hour },
  'consent-tries': { times: 10, windowMs: hour },
  credentials: { times: 24, windowMs: 24 * hour },
  /** Questions that bring visits, 50 in each at most. */
  visits: { times: 300, windowMs: 24 * hour },
  appeals: { times: 5, windowMs: 24 * hour },
  /** People looked up by document, by operator. */
  lookups: { times: 60, windowMs: hour },
  papers: { times: 200, windowMs: 24 * hour },
  'venue-applications': { times: 10, windowMs: 24 * hour },
  /** Files of who was at a place, by operator. */
  'visit-exports': { times: 30, windowMs: 24 * hour },
  'sign-ins': { times: 60, windowMs: hour },
} as const satisfies Readonly<Record<string, Allowance>>;
export type Counted = keyof typeof allowances;

/** Counts before it is done; seconds to wait, 0 when it may be. Whose it is stands there as a hash. */
export async function countOne(
  sql: Queries,
  what: Counted,
  whose: string,
  now: EpochMillis,
): Promise<number> {
  const { times, windowMs } = allowances[what];
  const [row] = await sql.query<{ since: number; times: number }>(
    `insert into counted as c (key, since, times) values ($1, $2, 1)
     on conflict (key) do update set
       since = case when c.since <= $3 then excluded.since else c.since end,
       times = case when c.since <= $3 then 1 else c.times + 1 end
     returning since, times`,
    [await sha256Hex(`${what} ${whose}`), now, now - windowMs],
  );
  if (!row || row.times <= times) return 0;
  return Math.max(1, Math.ceil((row.since + windowMs - now) / 1000));
}
