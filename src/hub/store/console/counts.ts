import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { type Area, conditions } from './area.ts';

/** Whole hours, both in UTC; what lies in the hour of `to` does not belong to it. */
export interface Range {
  readonly from: EpochMillis;
  readonly to: EpochMillis;
}
export interface HoursAsked extends Range {
  readonly area: Area;
}

/** People by one dimension and how it ended. `gate` is also by standing. */
export interface LiveCount {
  readonly by: 'gate' | 'state' | 'reason' | 'issuer' | 'hour';
  /** The gate's id, the word of the dimension (`''`: none), or the hour's beginning in milliseconds. */
  readonly name: string;
  readonly standing: string;
  readonly outcome: string;
  readonly people: number;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The live view of a range, of those who came: by gate, verdict, reason, issuer and hour, each by how it ended. */
export async function liveCounts(sql: Queries, asked: HoursAsked): Promise<LiveCount[]> {
  const where = ofHours(asked);
  where.and("dir = 'in'"); // who left, and what was only looked at, are other numbers
  // of all gates their own sums are read for the gates alone: there are many more of them
  const isAll = asked.area === undefined;
  const sums = (table: string, of: readonly string[]) => `
    select case ${of.map((by) => `when grouping(${by}) = 0 then '${by}'`).join(' ')} end as by,
      coalesce(${of.map((by) => (by === 'hour' ? 'hour::text' : by)).join(', ')}) as name,
      standing, outcome, sum(count)::bigint as people
    from ${table} where ${where.text()}
    group by grouping sets (${of.map((by) => `(${by}, standing, outcome)`).join(', ')})
    having sum(count) > 0`;
  const text = isAll
    ? `${sums('gate_hours', ['gate'])} union all ${sums('hub_hours', dimensions)}`
    : sums('gate_hours', ['gate', ...dimensions]);
  return sql.query<LiveCount>(`${text} order by by, name, standing, outcome`, where.params);
}

const dimensions = ['state', 'reason', 'issuer', 'hour'];

/**
 * How many are inside: admitted in, with companions, less those who went out, and what supervisors put
 * right; of trusted entries alone. With them who came by and moved nobody.
 */
export interface HeadCount {
  readonly gate: string;
  readonly went_in: number;
  readonly went_out: number;
  /** By how much supervisors' own counts differ from the sums before them. */
  readonly put_right: number;
  readonly inside: number;
  /** People held back on their way out. */
  readonly held: number;
  /** Codes looked at only. */
  readonly looks: number;
}

const heads = 'sum(count + companions) filter (where';

/** Head counts by gate since a time; only gates of which anything is counted. */
export async function headCounts(sql: Queries, asked: HoursAsked): Promise<HeadCount[]> {
  const where = ofHours(asked);
  where.and("standing = 'counted'");
  return sql.query<HeadCount>(
    `select gate, went_in, went_out, put_right, went_in - went_out + put_right as inside, held, looks
     from (select gate,
         coalesce(${heads} dir = 'in' and outcome = 'admitted'), 0)::bigint as went_in,
         coalesce(${heads} dir = 'out' and outcome = 'admitted'), 0)::bigint as went_out,
         coalesce(${heads} dir = 'set'), 0)::bigint as put_right,
         coalesce(sum(count) filter (where dir = 'out' and outcome = 'refused'), 0)::bigint as held,
         coalesce(sum(count) filter (where dir = 'look'), 0)::bigint as looks
       from gate_hours where ${where.text()} group by gate) as sums order by gate`,
    where.params,
  );
}

/** A cell of the heat map. */
export interface Heat {
  /** Beginning of the local day as if it were UTC, in milliseconds. */
  readonly day: number;
  /** Local hour, 0 to 23. */
  readonly hour: number;
  readonly people: number;
  readonly refused: number;
}

/** People by local day and hour; hours in which nobody came are left out. */
export async function heatMap(
  sql: Queries,
  { offsetMinutes, ...asked }: HoursAsked & { readonly offsetMinutes: number },
): Promise<Heat[]> {
  const where = ofHours(asked);
  const isAll = asked.area === undefined;
  if (isAll) where.and("standing = 'counted' and dir = 'in'");
  const sums = isAll
    ? `sum(count) as people, coalesce(sum(count) filter (where outcome = 'refused'), 0) as refused
       from hub_hours`
    : 'sum(people) as people, sum(refused) as refused from gate_people';
  const local = `(utc + ${where.value(offsetMinutes * minuteMs)}::bigint)`;
  return sql.query<Heat>(
    `select ${local} / ${24 * hourMs} * ${24 * hourMs}::bigint as day,
       (${local} % ${24 * hourMs} / ${hourMs})::int as hour,
       sum(people)::bigint as people, sum(refused)::bigint as refused
     from (select hour as utc, ${sums} where ${where.text()} group by hour) as hours
     where people > 0 group by 1, 2 order by 1, 2`,
    where.params,
  );
}

function ofHours({ area, from, to }: HoursAsked) {
  const where = conditions();
  where.and(`hour >= ${where.value(from)} and hour < ${where.value(to)}`);
  where.inArea('gate', area);
  return where;
}
