import type { Queries } from '../../node/database.ts';
import type { ColumnCipher } from '../privacy/column-cipher.ts';
import { type Identity, readIdentity } from '../store/persons.ts';

/** Somebody was at a place. Times are epoch seconds. */
export interface Visit {
  readonly at: number;
  readonly received: number;
  /** Relatives on the same phone who came along. */
  readonly withCount: number;
  readonly identity: Identity;
}

export interface VisitWindow {
  readonly place: string;
  /** Epoch seconds, both within. */
  readonly from: number;
  readonly until: number;
}

/** More than a person can look at; who asks is told to take a shorter time. */
export const mostVisits = 50_000;

/** Who was at a place, in order of time; undefined where it is more than a file is made of. */
export async function visitsAt(
  sql: Queries,
  { place, from, until }: VisitWindow,
  cipher: ColumnCipher,
): Promise<Visit[] | undefined> {
  const rows = await sql.query<{
    at: number;
    received: number;
    with_count: number;
    id: string;
    type: Identity['type'];
    name: Uint8Array;
    number: Uint8Array;
  }>(
    `select v.at, v.received, v.with_count, p.id, p.type, p.name, p.number
     from visits v join persons p on p.id = v.person
     where v.place = $1 and v.at between $2 and $3 order by v.at, v.id limit ${mostVisits + 1}`,
    [place, from, until],
  );
  if (rows.length > mostVisits) return undefined;
  return rows.map(({ at, received, with_count: withCount, ...person }) => ({
    ...{ at, received, withCount, identity: readIdentity(person, cipher) },
  }));
}
