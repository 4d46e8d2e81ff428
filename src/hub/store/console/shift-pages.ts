import type { Queries } from '../../../node/database.ts';
import { describeShifts, type HubShift, type ShiftRow, shiftColumns } from '../shifts.ts';
import { type Area, conditions } from './area.ts';

/** The mark of the shift after which the next page begins: its start, or its end where that is missing. */
export interface AfterShift {
  readonly at: number;
  readonly device: string;
  readonly seq: number;
}

export interface ShiftPage {
  readonly shifts: readonly HubShift[];
  /** Absent on the last page. */
  readonly after?: AfterShift;
}

interface Mark extends AfterShift {
  readonly shift: string;
  /** Seqs its entries lie between. */
  readonly first: number;
  readonly end: number | null;
}

/**
 * A page of shifts, the last begun first, with totals as the phone's report has them. A shift of which
 * neither start nor end has come is in none. What is read grows with the page, not with the log.
 */
export async function pageShifts(
  sql: Queries,
  {
    area,
    device,
    limit,
    after,
  }: {
    readonly area: Area;
    readonly device?: string;
    readonly limit: number;
    readonly after?: AfterShift | undefined;
  },
): Promise<ShiftPage> {
  const where = conditions();
  const { value, and } = where;
  where.inArea('m.gate', area);
  if (device !== undefined) and(`m.device = ${value(device)}`);
  if (after) {
    const at = value(after.at);
    and(
      `m.at <= ${at} and (m.at, m.device, m.seq) < (${at}, ${value(after.device)}, ${value(after.seq)})`,
    );
  }
  const marks = await sql.query<Mark>(
    `select m.at, m.device, m.seq, m.shift, case m.type when 'shift-start' then m.seq else 0 end as first,
       (select max(e.seq) from scans e
         where e.device = m.device and e.shift = m.shift and e.type = 'shift-end') as end
     from scans m
     where m.type in ('shift-start', 'shift-end') and m.shift <> '' and ${where.text()}
       and (m.type = 'shift-start' or not exists (select 1 from scans s
         where s.device = m.device and s.shift = m.shift and s.type = 'shift-start'))
     order by m.at desc, m.device desc, m.seq desc limit ${value(limit)}`,
    where.params,
  );
  const shifts = await describeShifts(sql, await totalsOf(sql, marks));
  const inOrder = new Map(marks.map((mark, i) => [`${mark.device} ${mark.shift}`, i]));
  const orderOf = (one: HubShift): number => inOrder.get(`${one.device} ${one.shift}`) ?? 0;
  const last = marks.at(-1);
  return {
    shifts: [...shifts].sort((a, b) => orderOf(a) - orderOf(b)),
    ...(marks.length === limit &&
      last && { after: { at: last.at, device: last.device, seq: last.seq } }),
  };
}

/** Behind its end a shift has a few entries at most: its export, and nothing of people. */
export const behindEnd = 50;

async function totalsOf(sql: Queries, marks: readonly Mark[]): Promise<ShiftRow[]> {
  if (marks.length === 0) return [];
  return sql.query<ShiftRow>(
    `select totals.* from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
       as mark (of, named, low, high),
     lateral (select ${shiftColumns} from scans
       where device = mark.of and shift = mark.named and seq >= mark.low and seq <= mark.high
       group by device, shift) as totals`,
    [
      marks.map((mark) => mark.device),
      marks.map((mark) => mark.shift),
      marks.map(({ first }) => first),
      marks.map(({ end }) => (end === null ? Number.MAX_SAFE_INTEGER : end + behindEnd)),
    ],
  );
}
