import type { PassKind } from '../../core/pass/kinds.ts';
import { type Bytes, type EpochMillis, type EpochSeconds, toSeconds } from '../../core/units.ts';
import type { Queries } from '../../node/database.ts';

/** Seconds a used index rests before another code has it: no phone's list is older (protocol 2). */
const restS = 72 * 3600;
const attempts = 12;

export interface IndexFor {
  /** Null: a place's code. */
  readonly person: string | null;
  readonly kind: PassKind | 'venue';
  /** The state the code shows; of a place none. */
  readonly state: string;
  readonly expiresAt: EpochSeconds;
}

/**
 * An index of the status list for one code: at random, so that two of them tell nothing of whose they
 * are. Undefined where the list is as good as full.
 */
export async function takeIndex(
  tx: Queries,
  { person, kind, state, expiresAt }: IndexFor,
  size: number,
  random: (length: number) => Bytes,
  now: EpochMillis,
): Promise<number | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [row] = await tx.query<{ idx: number }>(
      `insert into status_indices as i (idx, person, kind, state, expires_at)
       values ($1, $2, $3, $4, $5)
       on conflict (idx) do update set person = excluded.person, kind = excluded.kind,
         state = excluded.state, expires_at = excluded.expires_at, revoked_at = null,
         urgent = false, published = false
       where i.expires_at < $6 returning idx`,
      [randomBelow(size, random), person, kind, state, expiresAt, toSeconds(now) - restS],
    );
    if (row) return row.idx;
  }
  return undefined;
}

/** Uniform below `size`, which is at most 2³². */
function randomBelow(size: number, random: (length: number) => Bytes): number {
  const limit = Math.floor(2 ** 32 / size) * size;
  for (;;) {
    const bytes = random(4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (drawn < limit) return drawn % size;
  }
}

/**
 * The index of a person's live codes: one a day, shared by the codes of seconds that a phone shows, so
 * that a red state stops the one that is on the screen too. One per state, as it is revoked with it.
 */
export async function liveIndex(
  tx: Queries,
  person: string,
  state: string,
  now: EpochMillis,
): Promise<number | undefined> {
  const [row] = await tx.query<{ idx: number }>(
    `select idx from status_indices where person = $1 and kind = 'live' and state = $2
       and expires_at > $3 and revoked_at is null order by expires_at desc limit 1`,
    [person, state, toSeconds(now) + 300],
  );
  return row?.idx;
}

/** Revokes all that is outstanding of these people; it is published with the next delta. */
export async function revokeOf(
  tx: Queries,
  persons: readonly string[],
  { urgent, now }: { urgent: boolean; now: EpochMillis },
): Promise<void> {
  if (persons.length === 0) return;
  await tx.query(
    `update status_indices set revoked_at = $2, urgent = $3, published = false
     where person = any($1) and revoked_at is null and expires_at > $4`,
    [persons, now, urgent, toSeconds(now)],
  );
}

/** Revokes one code that is nobody's own, unless it is over: then its index may be another's by now. */
export const revokeIndex = (
  tx: Queries,
  { index, expiresAt }: { readonly index: number; readonly expiresAt: number },
  { urgent, now }: { urgent: boolean; now: EpochMillis },
): Promise<unknown> =>
  tx.query(
    `update status_indices set revoked_at = $3, urgent = $4, published = false
     where idx = $1 and expires_at = $2 and person is null and revoked_at is null
       and expires_at > $5`,
    [index, expiresAt, now, urgent, toSeconds(now)],
  );

/** What waits to be published: since when, the urgent and all. */
export async function waiting(
  sql: Queries,
): Promise<{ readonly urgent: number | null; readonly any: number | null }> {
  const [row] = await sql.query<{ urgent: number | null; any: number | null }>(
    `select min(revoked_at) filter (where urgent) as urgent, min(revoked_at) as any
     from status_indices where revoked_at is not null and not published`,
  );
  return { urgent: row?.urgent ?? null, any: row?.any ?? null };
}

/** Every index that is revoked now and whose code would still be good, ascending. */
export async function revokedIndices(sql: Queries, now: EpochMillis): Promise<number[]> {
  const rows = await sql.query<{ idx: number }>(
    'select idx from status_indices where revoked_at <= $1 and expires_at > $2 order by idx',
    [now, toSeconds(now)],
  );
  return rows.map(({ idx }) => idx);
}

/** Those that were revoked by then are published. */
export const markPublished = (sql: Queries, upTo: EpochMillis): Promise<unknown> =>
  sql.query(
    `update status_indices set published = true
     where revoked_at is not null and revoked_at <= $1 and not published`,
    [upTo],
  );
