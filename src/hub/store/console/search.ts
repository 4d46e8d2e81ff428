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
  const entries = await sql.query<FoundEntry>(
    `select device, seq, at, received_at as "receivedAt", shift, gate, type, trusted, state, reason,
       issuer, jti, kind, dir, outcome, end_state as "endState", end_reason as "endReason", entry
     from scans where ${where.text()}
     order by ${sorted} limit ${where.value(limit)}`,
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

/** The filter as conditions on `scans`. */
export function conditionsOf(filter: EntryFilter) {
  const where = conditions();
  const { value, and } = where;
  const equal = (column: string, said: string | undefined): void => {
    if (said !== undefined) and(`${column} = ${value(columnText(said))}`);
  };
  where.inArea('gate', filter.area);
  if (filter.from !== undefined) and(`at >= ${value(filter.from)}`);
  if (filter.to !== undefined) and(`at < ${value(filter.to)}`);
  equal('gate', filter.gate);
  equal('end_state', filter.state);
  equal('end_reason', filter.reason);
  // who left has an outcome of the same name
  equal('outcome', filter.outcome === 'left' ? 'admitted' : filter.outcome);
  if (filter.outcome !== undefined)
    and(`dir is ${filter.outcome === 'left' ? 'not distinct' : 'distinct'} from 'out'`);
  // said once more, for the indexes that leave the many out
  if (filter.state !== undefined && filter.state !== 'pass') and("end_state <> 'pass'");
  if (filter.reason !== undefined && filter.reason !== 'admitted') and("end_reason <> 'admitted'");
  if (!['admitted', 'left', undefined].includes(filter.outcome)) and("outcome <> 'admitted'");
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
