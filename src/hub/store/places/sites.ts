import * as v from 'valibot';
import { type Site, type SiteFacts, zoneFacts } from '../../../core/console/gates.ts';
import { type EpochMillis, toSeconds } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly region: string | null;
  readonly district: string | null;
  readonly zones: string;
  readonly version: number;
}

const read = (row: Row): Site => ({
  ...{ id: row.id, name: row.name, version: row.version },
  ...(row.region !== null && { region: row.region }),
  ...(row.district !== null && { district: row.district }),
  zones: v.parse(v.array(zoneFacts), JSON.parse(row.zones)),
});

const columns = 'id, name, region, district, zones, version';

export async function listSites(sql: Queries): Promise<Site[]> {
  return (await sql.query<Row>(`select ${columns} from sites order by id`)).map(read);
}

export async function findSite(sql: Queries, id: string): Promise<Site | undefined> {
  const [row] = await sql.query<Row>(`select ${columns} from sites where id = $1`, [id]);
  return row && read(row);
}

/**
 * `version` 0 for a new one. False when somebody else was first. Phones of gates that lead to one of its
 * places are told of it anew.
 */
export async function keepSite(
  tx: Queries,
  site: SiteFacts,
  version: number,
  now: EpochMillis,
): Promise<boolean> {
  const facts = [site.id, site.name, site.region ?? null, site.district ?? null];
  const rows = await tx.query(
    version === 0
      ? `insert into sites (id, name, region, district, zones) values ($1, $2, $3, $4, $5)
         on conflict do nothing returning id`
      : `update sites set name = $2, region = $3, district = $4, zones = $5, version = version + 1
         where id = $1 and version = $6 returning id`,
    [...facts, JSON.stringify(site.zones), ...(version === 0 ? [] : [version])],
  );
  if (rows.length > 0)
    await tx.query(
      `update gates set settings_iat = greatest(coalesce(settings_iat, 0) + 1, $2::bigint)
       where site = $1 and zone is not null`,
      [site.id, toSeconds(now)],
    );
  return rows.length > 0;
}

/** False when there is none, or gates stand there. */
export async function removeSite(tx: Queries, id: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from sites where id = $1
       and not exists (select 1 from gates where site = $1) returning id`,
    [id],
  );
  return rows.length > 0;
}
