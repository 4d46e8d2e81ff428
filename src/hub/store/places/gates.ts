import * as v from 'valibot';
import type { Areas } from '../../../core/console/areas.ts';
import { directions, type GateFacts, type PlacedGate } from '../../../core/console/gates.ts';
import { readGateSettings } from '../../../core/enrol/gate-settings.ts';
import { parseCanonical } from '../../../core/json.ts';
import { venues } from '../../../core/trust/venue-rule.ts';
import { type EpochMillis, toSeconds } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly venue: string;
  readonly region: string | null;
  readonly site: string | null;
  readonly district: string | null;
  readonly direction: string;
  readonly zone: string | null;
  readonly version: number;
  readonly closed_at: number | null;
  readonly devices: number;
  readonly received_at: number | null;
  readonly settings: string;
  readonly settings_iat: number | null;
  readonly has_pin: boolean;
}

/** A word of a later version is the most careful one here. */
const venue = v.fallback(v.picklist(venues), 'other');
const direction = v.fallback(v.picklist(directions), 'in');

function read(row: Row): PlacedGate {
  const { region, site, district, zone } = row;
  const settings = readGateSettings(parseCanonical(row.settings));
  return {
    ...{ id: row.id, name: row.name, version: row.version, devices: row.devices },
    ...{ venue: v.parse(venue, row.venue), direction: v.parse(direction, row.direction) },
    ...(region !== null && { region }),
    ...(site !== null && { site }),
    ...(district !== null && { district }),
    ...(zone !== null && { zone }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
    ...(row.received_at !== null && { receivedAt: row.received_at }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(row.settings_iat !== null && { settingsIat: row.settings_iat }),
    ...(row.has_pin && { hasPin: true as const }),
  };
}

const columns = `g.id, g.name, g.venue, g.region, g.site, g.district, g.direction, g.zone, g.version,
  g.closed_at, g.settings, g.settings_iat, g.pin is not null as has_pin,
  (select count(*) from devices d where d.gate_id = g.id and d.revoked_at is null)::int as devices,
  (select max(s.received_at) from devices d, lateral (
     select received_at from scans where device = d.id order by seq desc limit 1) s
   where d.gate_id = g.id) as received_at`;

/** What a phone is told of its gate. */
export type ToldGate = Pick<GateFacts, 'id' | 'name' | 'venue'> & { readonly region?: string };

/** A condition on `g`, for the parameters from `$n` on: gates that an operator may see. */
export function within(
  areas: Areas,
  n: number,
): { readonly sql: string; readonly params: unknown[] } {
  if (areas === 'all') return { sql: 'true', params: [] };
  const of = (kind: string) =>
    areas.filter((area) => area.startsWith(`${kind}:`)).map((area) => area.slice(kind.length + 1));
  return {
    sql: `(g.site = any($${n}::text[]) or g.region = any($${n + 1}::text[]))`,
    params: [of('site'), of('region')],
  };
}

export interface GateSearch {
  readonly areas: Areas;
  /** Part of an id or a name. */
  readonly search?: string;
  readonly site?: string;
  /** Ids after this one. */
  readonly after?: string;
  readonly limit: number;
  /** Also those that were closed. */
  readonly closed?: boolean;
}

/** In the order of their ids. */
export async function searchGates(
  sql: Queries,
  { areas, search = '', site, after = '', limit, closed = false }: GateSearch,
): Promise<PlacedGate[]> {
  const { sql: mine, params } = within(areas, 6);
  const rows = await sql.query<Row>(
    `select ${columns} from gates g
     where g.id > $1 and ($2 or g.closed_at is null) and ($3::text is null or g.site = $3)
       and (strpos(lower(g.id), lower($4)) > 0 or strpos(lower(g.name), lower($4)) > 0) and ${mine}
     order by g.id limit $5`,
    [after, closed, site ?? null, search, limit, ...params],
  );
  return rows.map(read);
}

/** Undefined as well where the operator may not see it. */
export async function findGate(
  sql: Queries,
  id: string,
  areas: Areas,
): Promise<PlacedGate | undefined> {
  const { sql: mine, params } = within(areas, 2);
  const [row] = await sql.query<Row>(`select ${columns} from gates g where g.id = $1 and ${mine}`, [
    id,
    ...params,
  ]);
  return row && read(row);
}

/** Those of these ids that there are, closed ones too, whoever asks. */
export async function gatesById(
  sql: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PlacedGate>> {
  const rows = await sql.query<Row>(`select ${columns} from gates g where g.id = any($1::text[])`, [
    ids,
  ]);
  return new Map(rows.map(read).map((gate) => [gate.id, gate]));
}

/** Keeps others from changing these gates until the transaction is over; in one order for all. */
export const holdGates = (tx: Queries, ids: readonly string[]) =>
  tx.query('select id from gates where id = any($1::text[]) order by id for update', [ids]);

const factsOf = (gate: GateFacts): unknown[] => [
  ...[gate.id, gate.name, gate.venue, gate.region ?? null, gate.site ?? null],
  ...[gate.district ?? null, gate.direction, gate.zone ?? null],
];

/** False when there is one of this id: one id is one gate. */
export async function addGate(tx: Queries, gate: GateFacts, now: EpochMillis): Promise<boolean> {
  const rows = await tx.query(
    `insert into gates
       (id, name, venue, region, site, district, direction, zone, created_at, settings_iat)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
       case when $7 <> 'in' or $8::text is not null then $10::bigint end)
     on conflict do nothing returning id`,
    [...factsOf(gate), now, toSeconds(now)],
  );
  return rows.length > 0;
}

/**
 * False when somebody else has changed it since `version`. Where it leads elsewhere than before its
 * phones are told so: later than whatever they were told before.
 */
export async function changeGate(
  tx: Queries,
  gate: GateFacts,
  version: number,
  closedAt: number | null,
  now: EpochMillis,
): Promise<boolean> {
  const rows = await tx.query(
    `update gates set name = $2, venue = $3, region = $4, site = $5, district = $6, direction = $7,
       zone = $8, closed_at = $10, version = version + 1,
       settings_iat = case when (direction, coalesce(zone, ''), coalesce(site, ''))
           is distinct from ($7, coalesce($8, ''), coalesce($5, ''))
         then greatest(coalesce(settings_iat, 0) + 1, $11::bigint) else settings_iat end
     where id = $1 and version = $9 returning id`,
    [...factsOf(gate), version, closedAt, toSeconds(now)],
  );
  return rows.length > 0;
}

/** A gate of the command line: what it says of it holds, what else is known of the gate stays. */
export async function keepGate(tx: Queries, gate: ToldGate, now: EpochMillis): Promise<void> {
  await tx.query(
    `insert into gates (id, name, venue, region, created_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name = excluded.name, venue = excluded.venue,
       region = excluded.region, version = gates.version + 1
     where (gates.name, gates.venue, coalesce(gates.region, ''))
       is distinct from (excluded.name, excluded.venue, coalesce(excluded.region, ''))`,
    [gate.id, gate.name, gate.venue, gate.region ?? null, now],
  );
}

/** Every gate that is not closed, for what a phone is told at enrolment. */
export async function gatesToEnrol(
  sql: Queries,
  ids: readonly string[],
  areas: Areas,
): Promise<ToldGate[]> {
  const { sql: mine, params } = within(areas, 2);
  const rows = await sql.query<Row>(
    `select ${columns} from gates g
     where g.id = any($1::text[]) and g.closed_at is null and ${mine} order by g.id`,
    [ids, ...params],
  );
  return rows.map(read).map(({ id, name, venue: kind, region }) => ({
    ...{ id, name, venue: kind },
    ...(region !== undefined && { region }),
  }));
}

/** Ids and names of all gates of these areas, closed ones too, or of one site of them. */
export async function gatesEver(
  sql: Queries,
  areas: Areas,
  site?: string,
): Promise<ReadonlyMap<string, string>> {
  const { sql: mine, params } = within(areas, 2);
  const rows = await sql.query<{ id: string; name: string }>(
    `select g.id, g.name from gates g where ($1::text is null or g.site = $1) and ${mine}`,
    [site ?? null, ...params],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Names of these gates, closed ones too, whoever asks. */
export async function gateNamesById(
  sql: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; name: string }>(
    'select id, name from gates where id = any($1::text[])',
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
