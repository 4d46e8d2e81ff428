import type { Queries } from '../../../node/database.ts';
import {
  countedShiftColumns,
  describeShifts,
  type HubShift,
  type ShiftRow,
  shiftColumns,
} from '../shifts.ts';
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

interface PageAsked {
  readonly area: Area;
  readonly device?: string | undefined;
  readonly limit: number;
  readonly after?: AfterShift | undefined;
}

/**
 * A page of shifts, the last begun first, with totals as the phone's report has them. A shift of which
 * neither start nor end has come is in none. What is read grows with the page, not with the log.
 */
export async function pageShifts(sql: Queries, asked: PageAsked): Promise<ShiftPage> {
  const marks = await marksOf(sql, asked);
  const shifts = await describeShifts(sql, await totalsOf(sql, marks));
  const inOrder = new Map(marks.map((mark, i) => [keyOf(mark), i]));
  const orderOf = (one: HubShift): number => inOrder.get(keyOf(one)) ?? 0;
  const last = marks.at(-1);
  return {
    shifts: [...shifts].sort((a, b) => orderOf(a) - orderOf(b)),
    ...(marks.length === asked.limit &&
      last && { after: { at: last.at, device: last.device, seq: last.seq } }),
  };
}

/** Of several gates so many of each as a page takes: an index has those of one in their order. */
function marksOf(sql: Queries, { area, device, limit, after }: PageAsked): Promise<Mark[]> {
  const where = conditions();
  const { value, and } = where;
  const isOfMany = area !== undefined && area.length > 1;
  if (isOfMany) and('m.gate = asked.gate');
  else where.inArea('m.gate', area);
  if (device !== undefined) and(`m.device = ${value(device)}`);
  if (after) {
    const at = value(after.at);
    and(
      `m.at <= ${at} and (m.at, m.device, m.seq) < (${at}, ${value(after.device)}, ${value(after.seq)})`,
    );
  }
  const most = value(limit);
  // a start is looked up where an end was met: asked by `not exists` the planner reads all there are
  const found = `select m.at, m.device, m.seq, m.shift, m.type from scans m
     where m.type in ('shift-start', 'shift-end') and m.shift <> '' and ${where.text()}
       and (m.type = 'shift-start' or (select s.seq from scans s
         where s.device = m.device and s.shift = m.shift and s.type = 'shift-start' limit 1) is null)
     order by m.at desc, m.device desc, m.seq desc limit ${most}`;
  const newest = isOfMany
    ? `select each.* from (select distinct unnest(${value(area)}::text[]) as gate) as asked,
         lateral (${found}) as each
       order by each.at desc, each.device desc, each.seq desc limit ${most}`
    : found;
  return sql.query<Mark>(
    `select at, device, seq, shift, case type when 'shift-start' then seq else 0 end as first,
       (select max(e.seq) from scans e where e.device = marks.device and e.shift = marks.shift
         and e.type = 'shift-end') as end
     from (${newest}) as marks order by at desc, device desc, seq desc`,
    where.params,
  );
}

/** Behind its end a shift has a few entries at most: its export, and nothing of people. */
export const behindEnd = 50;

async function totalsOf(sql: Queries, marks: readonly Mark[]): Promise<ShiftRow[]> {
  const rows = await readTotals(sql, marks, countedShiftColumns);
  const open = new Set(rows.filter(({ uncounted }) => uncounted > 0).map(keyOf));
  const isOpen = (one: Pick<Mark, 'device' | 'shift'>): boolean => open.has(keyOf(one));
  return [
    ...rows.filter((row) => !isOpen(row)),
    ...(await readTotals(sql, marks.filter(isOpen), shiftColumns)),
  ];
}

async function readTotals(
  sql: Queries,
  marks: readonly Mark[],
  columns: string,
): Promise<ShiftRow[]> {
  if (marks.length === 0) return [];
  return sql.query<ShiftRow>(
    `select totals.* from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
       as mark (of, named, low, high),
     lateral (select ${columns} from scans
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

const keyOf = ({ device, shift }: Pick<Mark, 'device' | 'shift'>): string => `${device} ${shift}`;
