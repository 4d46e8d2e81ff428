import type { FoundEntry } from '../../../core/console/entries.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { columnText } from '../column-text.ts';
import { type Area, conditions } from './area.ts';
import { behindEnd } from './shift-pages.ts';

/** What entries are looked for by. All of it holds together; what is left out does not matter. */
export interface EntryFilter {
  readonly area: Area;
  readonly from?: EpochMillis;
  /** Itself not included. */
  readonly to?: EpochMillis;
  readonly gate?: string;
  /** Of people, the verdict as it ended (`byHand` on a form), as `gate_hours` counts them. */
  readonly state?: string;
  /** The same: the reason of the verdict as it ended. */
  readonly reason?: string;
  readonly outcome?: string;
  /** Of scans. */
  readonly issuer?: string;
  /** Kind of entry. */
  readonly type?: string;
  /** Id of a pass, and the issuer it is one of. */
  readonly pass?: { readonly jti: string; readonly issuer?: string };
  readonly device?: string;
  readonly shift?: string;
}

/** The entry after which the next page begins. */
export type After = Pick<FoundEntry, 'at' | 'device' | 'seq'>;

export interface Page {
  readonly entries: readonly FoundEntry[];
  /** Absent on the last page. */
  readonly after?: After;
}

export interface PageAsked {
  readonly limit: number;
  readonly after?: After | undefined;
  /** Default `newest`. */
  readonly first?: 'newest' | 'oldest';
}

/**
 * One page of entries, newest first, by the time they say, then device and seq; of one device in the
 * order of its log. A page begins where
 * the last one ended, whatever came in meanwhile, and no page costs more for being far back.
 */
export async function searchEntries(
  sql: Queries,
  filter: EntryFilter,
  { limit, after, first = 'newest' }: PageAsked,
): Promise<Page> {
  const where = conditionsOf(filter);
  const [than, order] = first === 'newest' ? ['<', 'desc'] : ['>', 'asc'];
  const isOfOne = filter.device !== undefined;
  if (after && isOfOne) where.and(`seq ${than} ${where.value(after.seq)}`);
  else if (after) {
    const { value } = where;
    const at = value(after.at);
    // the first half, which follows from the second, is what an index on the time alone can use
    where.and(
      `at ${than}= ${at} and (at, device, seq) ${than} (${at}, ${value(after.device)}, ${value(after.seq)})`,
    );
  }
  const sorted = isOfOne ? `seq ${order}` : `at ${order}, device ${order}, seq ${order}`;
  const found = `scans where ${where.text()} order by ${sorted} limit ${where.value(limit)}`;
  // of the few their keys first, for which an index of theirs is enough, however many it leaves out
  const rows =
    isOfOne || fewBy(filter) === undefined
      ? found
      : `(select device as of, seq as nth from ${found}) as keys
         join scans on device = of and seq = nth order by ${sorted}`;
  const entries = await sql.query<FoundEntry>(
    `select device, seq, at, received_at as "receivedAt", shift, gate, type, trusted, state, reason,
       issuer, jti, kind, dir, outcome, end_state as "endState", end_reason as "endReason", entry
     from ${rows}`,
    where.params,
  );
  const last = entries.at(-1);
  const isFull = entries.length === limit && last !== undefined;
  return { entries, ...(isFull && { after: { at: last.at, device: last.device, seq: last.seq } }) };
}

/**
 * All of them, oldest first, stretch by stretch, so that a long export needs no more memory than one.
 * What comes in meanwhile and says an earlier time than the stretch it is at is not in it.
 */
export async function* streamEntries(
  sql: Queries,
  filter: EntryFilter,
  stride = 1000,
): AsyncGenerator<readonly FoundEntry[], void, undefined> {
  let after: After | undefined;
  do {
    const page = await searchEntries(sql, filter, { limit: stride, after, first: 'oldest' });
    if (page.entries.length > 0) yield page.entries;
    after = page.after;
  } while (after);
}

/** What leaves the many out, and has an index of its own in which all else that is asked stands too. */
function fewBy({ state, reason, outcome }: EntryFilter): FewBy | undefined {
  if (reason !== undefined && reason !== 'admitted') return 'end_reason';
  if (outcome !== undefined && !['admitted', 'left'].includes(outcome)) return 'outcome';
  return state !== undefined && state !== 'pass' ? 'end_state' : undefined;
}
type FewBy = 'end_reason' | 'outcome' | 'end_state';
const many: Readonly<Record<FewBy, string>> = {
  ...{ end_reason: 'admitted', outcome: 'admitted', end_state: 'pass' },
};

/**
 * The filter as conditions on `scans`. One index is meant: the planner takes columns for independent, and
 * would rather read two long ones and sort. What it is not to look up by is therefore hidden from it.
 */
export function conditionsOf(filter: EntryFilter) {
  const where = conditions();
  const { value, and } = where;
  const few = filter.device === undefined ? fewBy(filter) : undefined;
  const isHidden = filter.device !== undefined || few !== undefined;
  const hidden = (column: string) => (isHidden ? `coalesce(${column}, '')` : column);
  const equal = (column: string, said: string | undefined): void => {
    if (said !== undefined) and(`${column} = ${value(columnText(said))}`);
  };
  where.inArea(hidden('gate'), filter.area);
  if (filter.from !== undefined) and(`at >= ${value(filter.from)}`);
  if (filter.to !== undefined) and(`at < ${value(filter.to)}`);
  equal(hidden('gate'), filter.gate);
  const ends = [
    ['end_state', filter.state],
    ['end_reason', filter.reason],
    // who left has an outcome of the same name
    ['outcome', filter.outcome === 'left' ? 'admitted' : filter.outcome],
  ] as const;
  for (const [column, said] of ends) equal(column === few ? column : hidden(column), said);
  if (filter.outcome !== undefined)
    and(`dir is ${filter.outcome === 'left' ? 'not distinct' : 'distinct'} from 'out'`);
  // said once more, for the index that leaves the many out
  if (few !== undefined) and(`${few} <> '${many[few]}'`);
  equal('jti', filter.pass?.jti);
  equal('issuer', filter.pass?.issuer ?? filter.issuer);
  equal('type', filter.type);
  equal('device', filter.device);
  equal('shift', filter.shift);
  if (filter.device !== undefined && filter.shift !== undefined) {
    const mark = (type: string) => `(select seq from scans
      where device = ${value(columnText(filter.device ?? ''))}
        and shift = ${value(columnText(filter.shift ?? ''))} and type = '${type}' limit 1)`;
    and(`seq >= coalesce(${mark('shift-start')}, 0)`);
    and(`seq <= coalesce(${mark('shift-end')} + ${behindEnd}, ${Number.MAX_SAFE_INTEGER})`);
  }
  return where;
}
