import { sightingKey } from '../../../core/sightings/key.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { Queries, Sql } from '../../../node/database.ts';
import type { SiteDevice } from '../devices.ts';

/** Milliseconds for which a key is kept: protocol 13. */
export const keptMs = 24 * 3_600_000;

/** Milliseconds by which hub and phone may date one showing differently. */
const apartMs = 60_000;

/** A code that a phone of a site let in. */
export interface SiteSighting {
  readonly key: string;
  readonly device: string;
  readonly gate: string;
  /** By the phone, and never after the hub heard of it. */
  readonly at: EpochMillis;
  /** Its number within the site. */
  readonly seq: number;
}

/** The gate a device stands at, where that belongs to a site: undefined for a gate of its own. */
export async function siteOf(sql: Queries, device: string): Promise<SiteDevice | undefined> {
  const [row] = await sql.query<SiteDevice>(
    `select d.id as device, g.id as gate, g.site from devices d join gates g on g.id = d.gate_id
     where d.id = $1 and g.site is not null and g.closed_at is null and d.revoked_at is null`,
    [device],
  );
  return row;
}

/** Sites of those devices that may hear of them now, by device. */
export async function sitesOf(
  sql: Queries,
  devices: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; site: string }>(
    `select d.id, g.site from devices d join gates g on g.id = d.gate_id
     where d.id = any($1::text[]) and g.site is not null and g.closed_at is null
       and d.revoked_at is null`,
    [devices],
  );
  return new Map(rows.map(({ id, site }) => [id, site]));
}

/** The open gates of a site by name. */
export async function gatesOfSite(sql: Queries, site: string): Promise<Record<string, string>> {
  const rows = await sql.query<{ id: string; name: string }>(
    'select id, name from gates where site = $1 and closed_at is null order by id',
    [site],
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/**
 * The site's next numbers, up to the one given back. Its row is locked until the transaction ends:
 * whoever reads a number has all before it, and of two claims one waits for the other. They are no
 * smaller than the time: what an older backup has forgotten of is not given again, so a phone that has
 * come further than the backup misses nothing that comes after it.
 */
async function nextSeq(
  tx: Queries,
  site: string,
  count: number,
  now: EpochMillis,
): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(
    `insert into sighting_heads values ($1, $3::bigint + $2)
     on conflict (site) do update set seq = greatest(sighting_heads.seq, $3) + $2 returning seq`,
    [site, count, now],
  );
  if (!row) throw new Error('a site has no head');
  return Number(row.seq);
}

async function put(
  tx: Queries,
  site: string,
  sightings: readonly SiteSighting[],
  heardAt: EpochMillis,
): Promise<void> {
  await tx.query(
    `insert into sightings (site, heard_at, key, device, gate, at, seq)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
     on conflict (site, key) do update set device = excluded.device, gate = excluded.gate,
       at = excluded.at, heard_at = excluded.heard_at, seq = excluded.seq
     where excluded.at > sightings.at`,
    [
      ...[site, heardAt, sightings.map(({ key }) => key), sightings.map(({ device }) => device)],
      ...[sightings.map(({ gate }) => gate), sightings.map(({ at }) => at)],
      sightings.map(({ seq }) => seq),
    ],
  );
}

export interface Claim {
  readonly key: string;
  readonly windowS: number;
  readonly now: EpochMillis;
}

/**
 * Whoever of a site asks first within the window lets the code in; the others are told who that was.
 * The hub's own clock alone decides, however far apart those of the phones are.
 */
export function claimSighting(
  sql: Sql,
  { device, gate, site }: SiteDevice,
  { key, windowS, now }: Claim,
): Promise<SiteSighting | undefined> {
  return sql.transaction(async (tx) => {
    const seq = await nextSeq(tx, site, 1, now);
    const [held] = await tx.query<SiteSighting>(
      'select key, device, gate, at, seq from sightings where site = $1 and key = $2',
      [site, key],
    );
    const isRecent = held !== undefined && held.at >= now - windowS * 1000;
    if (held && isRecent) return held.device === device ? undefined : held;
    await put(tx, site, [{ key, device, gate, at: now, seq }], now);
    return undefined;
  });
}

interface LetIn {
  readonly issuer: string | null;
  readonly jti: string;
  readonly at: number;
}

/**
 * Notes the codes that these entries of a device let in, the word of a guard included, as they stand
 * now. What it has said before, or in a claim, is not told anew; the same again changes nothing.
 */
export async function noteSightings(
  sql: Sql,
  { device, gate, site }: SiteDevice,
  seqs: readonly number[],
  now: EpochMillis,
): Promise<number> {
  const rows = await sql.query<LetIn>(
    `select n.issuer, n.jti, n.at from scans n
     where n.device = $1 and n.gate = $2 and n.type = 'scan' and n.trusted and n.jti is not null
       and n.outcome = 'admitted' and n.dir is distinct from 'out' and n.at > $4
       and n.seq in (select s.seq from scans s where s.device = $1 and s.seq = any($3::bigint[])
         union select s.root from scans s
           where s.device = $1 and s.seq = any($3::bigint[]) and s.root is not null)
     order by n.at`,
    [device, gate, seqs, now - keptMs],
  );
  const byKey = new Map<string, EpochMillis>();
  for (const { issuer, jti, at } of rows)
    byKey.set(await sightingKey(issuer ?? '', jti), epochMillis(Math.min(at, now)));
  if (byKey.size === 0) return 0;
  return sql.transaction(async (tx) => {
    const known = await tx.query<{ key: string; at: number }>(
      'select key, at from sightings where site = $1 and device = $2 and key = any($3::text[])',
      [site, device, [...byKey.keys()]],
    );
    const toldAt = new Map(known.map((one) => [one.key, one.at]));
    // a claim is dated by the hub, its entry by the phone
    const fresh = [...byKey].filter(([key, at]) => at > (toldAt.get(key) ?? -apartMs) + apartMs);
    if (fresh.length === 0) return 0;
    const last = await nextSeq(tx, site, fresh.length, now);
    const numbered = fresh.map(([key, at], i) => ({
      ...{ key, device, gate, at, seq: last - fresh.length + 1 + i },
    }));
    await put(tx, site, numbered, now);
    return numbered.length;
  });
}

/** How far each of these sites has come; 0 where nothing was ever told. */
export async function sightingHeads(
  sql: Queries,
  sites: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ site: string; seq: number }>(
    'select site, seq from sighting_heads where site = any($1::text[])',
    [sites],
  );
  return new Map(rows.map(({ site, seq }) => [site, Number(seq)]));
}

/** Those of a site after a number, in order, nothing from before `since`. */
export function sightingsAfter(
  sql: Queries,
  site: string,
  {
    after,
    since,
    limit,
  }: { readonly after: number; readonly since: EpochMillis; readonly limit: number },
): Promise<SiteSighting[]> {
  return sql.query<SiteSighting>(
    `select key, device, gate, at, seq from sightings
     where site = $1 and seq > $2 and at >= $3 order by seq limit $4`,
    [site, after, since, limit],
  );
}

/** Keys are kept for a day and no longer. */
export async function forgetSightings(sql: Queries, now: EpochMillis): Promise<void> {
  await sql.query('delete from sightings where heard_at < $1', [now - keptMs]);
}
