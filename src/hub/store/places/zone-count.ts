import type { ZoneCount } from '../../../core/enrol/zone-count.ts';
import { dayBegin } from '../../../core/log/occupancy.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { aheadOfUtc } from '../../zone.ts';

const dayMs = 24 * 3_600_000;

interface Row {
  readonly inside: number;
  readonly through: number | null;
}

/**
 * How many are inside where this gate leads, over all gates that lead there, since the day began by the
 * phone's clock (`ahead`: minutes before UTC), and up to which entry of the phone's own: one look at the
 * database, so that the two fit. Undefined for a gate that people only come in by, to no place.
 */
export async function countAt(
  sql: Queries,
  device: string,
  gate: string,
  now: EpochMillis,
  ahead = aheadOfUtc(now),
): Promise<ZoneCount | undefined> {
  const [place] = await sql.query<{ direction: string; gates: string[] }>(
    `select g.direction, array(select o.id from gates o
         where g.zone is not null and o.zone = g.zone and o.site is not distinct from g.site
         order by o.id) as gates
     from gates g where g.id = $1`,
    [gate],
  );
  if (!place || (place.direction === 'in' && place.gates.length === 0)) return undefined;
  const from = dayBegin(now, ahead);
  const gates = place.gates.length > 0 ? place.gates : [gate];
  const [row] = await sql.query<Row>(
    `select coalesce(sum(case dir when 'out' then -(count + companions) else count + companions end)
         filter (where dir = 'set' or (dir in ('in', 'out') and outcome = 'admitted')), 0)::bigint
         as inside,
       (select seq from device_heads where device = $1) as through
     from gate_hours
     where gate = any($2::text[]) and hour >= $3 and hour < $4 and standing = 'counted'`,
    [device, gates, from, from + dayMs],
  );
  return { device, gate, inside: row?.inside ?? 0, through: row?.through ?? 0, from, at: now };
}
