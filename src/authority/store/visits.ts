import { visitLimits } from '../../core/place/visit.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** One person at one place, once. */
export interface KeptVisit {
  readonly id: string;
  /** Hex of the venue code's `cti`. */
  readonly venueCode: string;
  /** The gate's or site's id. */
  readonly place: string;
  readonly name: string;
  readonly person: string;
  readonly at: number;
  /** How many relatives came in with them; each has a visit of their own. */
  readonly withCount: number;
}

/** `taken`: another visit has this id. */
export async function keepVisit(
  tx: Queries,
  { id, venueCode, place, name, person, at, withCount }: KeptVisit,
  now: EpochMillis,
): Promise<'stored' | 'duplicate' | 'taken'> {
  const put = await tx.query(
    `insert into visits (id, venue_code, place, place_name, person, at, received, with_count)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing returning id`,
    [id, venueCode, place, name, person, at, toSeconds(now), withCount],
  );
  if (put.length > 0) return 'stored';
  const same = await tx.query(
    'select 1 from visits where id = $1 and person = $2 and venue_code = $3 and at = $4',
    [id, person, venueCode, at],
  );
  return same.length > 0 ? 'duplicate' : 'taken';
}

/** What a person is shown of where they were, the newest first. */
export async function visitsOf(
  sql: Queries,
  person: string,
  now: EpochMillis,
): Promise<
  { readonly id: string; readonly place: string; readonly at: number; readonly with: number }[]
> {
  const rows = await sql.query<{ id: string; place: string; at: number; with_count: number }>(
    `select id, coalesce(place_name, place) as place, at, with_count from visits where person = $1 and at >= $2
     order by at desc, id limit 200`,
    [person, toSeconds(now) - visitLimits.keptS],
  );
  return rows.map(({ with_count, ...one }) => ({ ...one, with: with_count }));
}
