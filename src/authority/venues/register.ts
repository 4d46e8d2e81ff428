import type { GrantedPlace } from '../../core/place/application.ts';
import { type PlaceRow, type PlacesFound, soonDays } from '../../core/place/desk-places.ts';
import type { Venue } from '../../core/trust/venue-rule.ts';
import { type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly venue: Venue;
  readonly region: string;
  readonly district: string | null;
  readonly hotline: string | null;
  readonly code: string | null;
  readonly text: string;
  readonly issued_at: number;
  readonly expires_at: number;
  readonly revoked_at: number | null;
  readonly reason: string | null;
}

/** The newest code of each place, whether it is good or not. */
const placesWithCode = `select p.id, p.name, p.venue, p.region, p.district, p.hotline,
    c.id as code, c.text, c.issued_at, c.expires_at, c.revoked_at, c.reason
  from places p left join lateral (
    select * from venue_codes where place = p.id
    order by revoked_at is null desc, issued_at desc, revoked_at desc limit 1
  ) c on true`;

/** Writes what the desk has looked at; whoever writes the same place waits. */
export async function putPlace(
  tx: Queries,
  { place, name, venue, district, hotline }: GrantedPlace,
  region: string,
  now: EpochMillis,
): Promise<void> {
  await tx.query(
    `insert into places (id, name, venue, region, district, hotline, added_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set name = $2, venue = $3, region = $4, district = $5, hotline = $6`,
    [place, name, venue, region, district ?? null, hotline ?? null, now],
  );
}

/** A place with its newest code; of two who change it at once the second waits. */
export async function holdPlace(tx: Queries, place: string): Promise<PlaceRow | undefined> {
  await tx.query('select id from places where id = $1 for update', [place]);
  const [row] = await tx.query<Row>(`${placesWithCode} where p.id = $1`, [place]);
  return row && read(row);
}

const pageRows = 50;

/** Places by a part of the name or id; `soon`: those whose code is over or soon will be, these first. */
export async function findPlaces(
  sql: Queries,
  { text, soon }: { readonly text: string; readonly soon: boolean },
  now: EpochMillis,
): Promise<PlacesFound> {
  const until = toSeconds(now) + soonDays * 86_400;
  const rows = await sql.query<Row>(
    `${placesWithCode}
     where ($1 = '' or strpos(lower(p.name), lower($1)) > 0 or strpos(lower(p.id), lower($1)) > 0)
       and (not $2::boolean or (c.revoked_at is null and c.expires_at < $3))
     order by case when $2::boolean then c.expires_at end, p.name, p.id limit ${pageRows + 1}`,
    [text, soon, until],
  );
  return { places: rows.slice(0, pageRows).map(read), more: rows.length > pageRows };
}

function read(row: Row): PlaceRow {
  const { name, venue, region, district, hotline, code, text, revoked_at, reason } = row;
  return {
    ...{ place: row.id, name, venue, region },
    ...(district !== null && { district }),
    ...(hotline !== null && { hotline }),
    ...(code !== null && {
      code: {
        ...{ id: code, iat: row.issued_at, exp: row.expires_at, text },
        ...(revoked_at !== null && { revokedAt: revoked_at }),
        ...(reason !== null && { reason }),
      },
    }),
  };
}
