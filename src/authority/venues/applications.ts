import { toBase64url } from '../../core/base64url.ts';
import { maskName, maskNumber } from '../../core/health/masks.ts';
import type {
  ApplicationState,
  OwnApplication,
  VenueApplication,
} from '../../core/place/application.ts';
import type { WaitingVenue } from '../../core/place/desk-places.ts';
import type { Venue } from '../../core/trust/venue-rule.ts';
import { type Bytes, type EpochMillis, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';
import { identityOf } from '../store/persons.ts';

/** Who asks for a venue code: a citizen, or an operator of the desk by name. */
export type Asker = { readonly person: string } | { readonly operator: string };

interface Row {
  readonly id: string;
  readonly person: string | null;
  readonly operator: string | null;
  readonly at: number;
  readonly name: string;
  readonly venue: Venue;
  readonly district: string | null;
  readonly place: string | null;
  readonly hotline: string | null;
  readonly state: ApplicationState;
  readonly reason: string | null;
  readonly decided_at: number | null;
}

/**
 * One that waits of the same person for a place of the same name is enough: undefined. Whether the place
 * is known, or has a code, is not said here: nobody learns by asking which places there are.
 */
export async function addApplication(
  tx: Queries,
  by: Asker,
  { name, venue, district, place, hotline }: VenueApplication,
  { random, now }: { random: (length: number) => Bytes; now: EpochMillis },
): Promise<string | undefined> {
  const [person, operator] = 'person' in by ? [by.person, null] : [null, by.operator];
  if (person !== null) {
    await tx.query('select id from persons where id = $1 for update', [person]);
    const waits = await tx.query(
      `select 1 from place_applications where person = $1 and name = $2 and state = 'asked'`,
      [person, name],
    );
    if (waits.length > 0) return undefined;
  }
  const id = toBase64url(random(16));
  await tx.query(
    `insert into place_applications (id, person, operator, at, name, venue, district, place, hotline, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked')`,
    [
      ...[id, person, operator, now, name, venue],
      ...[district ?? null, place ?? null, hotline ?? null],
    ],
  );
  return id;
}

/** One that waits, held until it is decided. */
export async function holdApplication(tx: Queries, id: string): Promise<boolean> {
  const rows = await tx.query(
    `select id from place_applications where id = $1 and state = 'asked' for update`,
    [id],
  );
  return rows.length > 0;
}

export const decide = (
  tx: Queries,
  id: string,
  decision: { place: string; code: string } | { reason: string },
  now: EpochMillis,
): Promise<unknown> =>
  'code' in decision
    ? tx.query(
        `update place_applications set state = 'granted', place = $2, code = $3, decided_at = $4
         where id = $1`,
        [id, decision.place, decision.code, now],
      )
    : tx.query(
        `update place_applications set state = 'refused', reason = $2, decided_at = $3
         where id = $1`,
        [id, decision.reason, now],
      );

/** Those that wait, the oldest first, with what the place they name has already. */
export async function waitingVenues(
  sql: Queries,
  cipher: ColumnCipher,
  now: EpochMillis,
): Promise<WaitingVenue[]> {
  const rows = await sql.query<Row & { known: string; taken: string | null; exp: number }>(
    `select a.*, p.name as known, c.id as taken, c.expires_at as exp
     from place_applications a left join places p on p.id = a.place
       left join venue_codes c on c.place = a.place and c.revoked_at is null and c.expires_at > $1
     where a.state = 'asked' order by a.at limit 100`,
    [toSeconds(now)],
  );
  return Promise.all(
    rows.map(async (row) => ({
      ...{ id: row.id, at: row.at, ...said(row), by: await asker(sql, row, cipher) },
      ...(row.taken !== null && { taken: { name: row.known, code: row.taken, exp: row.exp } }),
    })),
  );
}

async function asker(sql: Queries, { person, operator }: Row, cipher: ColumnCipher) {
  if (operator !== null) return { name: operator };
  const identity = person === null ? undefined : await identityOf(sql, person, cipher);
  return { name: maskName(identity?.name ?? ''), number: maskNumber(identity?.number ?? '') };
}

interface WithCode extends Row {
  readonly text: string;
  readonly exp: number | null;
  readonly code_revoked_at: number | null;
  readonly place_name: string;
  readonly place_hotline: string | null;
}

/** A citizen's own, the newest first. A code that the desk renewed is the new one; one that somebody else was granted is not. */
export async function applicationsOf(
  sql: Queries,
  person: string,
  now: EpochMillis,
): Promise<OwnApplication[]> {
  const rows = await sql.query<WithCode>(
    // the code that was granted or, where the desk has renewed it, the last of those after it
    `with recursive line as (
       select a.id as application, c.id, 0 as age
       from place_applications a join venue_codes c on c.id = a.code where a.person = $1
       union all
       select line.application, c.id, line.age + 1 from line join venue_codes c on c.before = line.id
       where not exists (select 1 from place_applications b where b.code = c.id)
     )
     select a.*, c.text, c.expires_at as exp, c.revoked_at as code_revoked_at,
       p.name as place_name, p.hotline as place_hotline
     from place_applications a
       left join (select distinct on (application) application, id from line
         order by application, age desc) last on last.application = a.id
       left join venue_codes c on c.id = last.id
       left join places p on p.id = c.place
     where a.person = $1 order by a.at desc limit 50`,
    [person],
  );
  return rows.map((row) => ({
    ...{ id: row.id, at: row.at, ...said(row), state: row.state },
    ...(row.decided_at !== null && { decidedAt: row.decided_at }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.exp !== null && { code: codeOf(row, row.exp, now) }),
  }));
}

function codeOf(row: WithCode, exp: number, now: EpochMillis): NonNullable<OwnApplication['code']> {
  if (row.code_revoked_at !== null) return { state: 'revoked', exp };
  if (exp <= toSeconds(now)) return { state: 'expired', exp };
  const { text, place, place_name: name, place_hotline: hotline } = row;
  const granted = { place: place ?? '', name, ...(hotline !== null && { hotline }) };
  return { state: 'valid', exp, text, place: granted };
}

const said = ({ name, venue, district, place, hotline }: Row): VenueApplication => ({
  ...{ name, venue },
  ...(district !== null && { district }),
  ...(place !== null && { place }),
  ...(hotline !== null && { hotline }),
});
