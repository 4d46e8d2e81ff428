import type { LogEntry } from '../../../core/log/entry.ts';
import { foldPeople, type PeopleFold } from '../../../core/log/people.ts';
import type { PeopleBySeq } from '../../../core/table/table.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { readEntry } from '../people/count-people.ts';
import type { Standing } from '../people/reckoning.ts';
import { conditionsOf, type EntryFilter } from './search.ts';

/** An entry in the order of its log; `entry` is undefined for one nobody here can read. */
export interface PagedEntry {
  readonly seq: number;
  readonly at: number;
  readonly gate: string;
  readonly shift: string;
  readonly type: string;
  readonly hash: string;
  readonly receivedAt: number;
  /** Of the person it is about. */
  readonly standing: Standing;
  /** It came before its device was revoked. */
  readonly trusted: boolean;
  readonly text: string;
  readonly entry: LogEntry | undefined;
  /** Seq of the entry this one hangs from, its own where that is itself. */
  readonly root: number;
}

/** Entries of one device with all that was said later of the people they begin. */
export interface PeoplePage {
  readonly device: string;
  /** By seq. */
  readonly entries: readonly PagedEntry[];
  readonly people: PeopleBySeq;
  /** What comes later in this device's pages is about later entries than this seq. */
  readonly through: number;
}

interface Span {
  readonly device: string;
  readonly low: number;
  readonly high: number;
  /** Gate the device is enrolled at. */
  readonly home: string | null;
}

interface Row extends Omit<PagedEntry, 'entry' | 'standing' | 'root'> {
  readonly outcome: string | null;
  readonly counted: boolean;
  readonly root: number | null;
}

/**
 * The entries that the filter finds, device by device in the order of its log, each person whole: what
 * was said of somebody after `to`, or at midnight, is on the page of the entry that began it, so that
 * an outcome here is the one the hub counts. A page is all that is held in memory.
 */
export async function* peoplePages(
  sql: Queries,
  filter: EntryFilter,
  stride = 1000,
): AsyncGenerator<PeoplePage, void, undefined> {
  const spans = await spansOf(sql, filter);
  for (const span of spans) {
    for (let from = span.low; from <= span.high; ) {
      const page = await readPage(sql, filter, { ...span, from }, stride);
      if (!page) break;
      yield page;
      from = page.through + 1;
    }
  }
}

/** Hours looked at in one statement, in milliseconds. */
const stretchMs = 6 * 3_600_000;

/**
 * Where in each device's log the filter finds anything, by device. Of one device at once; else in stretches of
 * time, skipping what is empty: no statement takes longer for there being years.
 */
async function spansOf(sql: Queries, filter: EntryFilter): Promise<Span[]> {
  if (filter.device !== undefined) return spansWithin(sql, filter);
  const spans = new Map<string, Span>();
  for (let from = await nextAt(sql, filter, filter.from); from !== undefined; ) {
    const to = epochMillis(Math.min(from + stretchMs, filter.to ?? Number.MAX_SAFE_INTEGER));
    for (const { device, low, high, home } of await spansWithin(sql, { ...filter, from, to })) {
      const known = spans.get(device) ?? { low, high };
      spans.set(device, {
        ...{ device, home },
        ...{ low: Math.min(low, known.low), high: Math.max(high, known.high) },
      });
    }
    from = await nextAt(sql, filter, to);
  }
  return [...spans.values()].sort((a, b) => (a.device < b.device ? -1 : 1));
}

/** The first time from one on that any entry says, of any gate; undefined behind the last or `to`. */
async function nextAt(sql: Queries, { to }: EntryFilter, from?: EpochMillis) {
  const [row] = await sql.query<{ at: number | null }>(
    'select min(at) as at from scans where at >= $1 and at < $2',
    [from ?? 0, to ?? Number.MAX_SAFE_INTEGER],
  );
  return row?.at === null || row === undefined ? undefined : epochMillis(row.at);
}

async function spansWithin(sql: Queries, filter: EntryFilter): Promise<Span[]> {
  const where = conditionsOf(filter);
  where.and('root is null');
  return sql.query<Span>(
    `select found.*, devices.gate_id as home from (
       select device, min(seq) as low, max(seq) as high from scans where ${where.text()}
       group by device) as found
     left join devices on devices.id = found.device order by device`,
    where.params,
  );
}

const columns = `seq, at, gate, shift, type, hash, received_at as "receivedAt", trusted, outcome,
  counted, root, entry as text`;

async function readPage(
  sql: Queries,
  filter: EntryFilter,
  { device, from, high, home }: Span & { readonly from: number },
  stride: number,
): Promise<PeoplePage | undefined> {
  const where = conditionsOf({ ...filter, device });
  const { value } = where;
  where.and(`root is null and seq >= ${value(from)} and seq <= ${value(high)}`);
  const roots = await sql.query<Row>(
    `select ${columns} from scans where ${where.text()} order by seq limit ${value(stride)}`,
    where.params,
  );
  const last = roots.at(-1);
  if (!last) return undefined;
  const later = await sql.query<Row>(
    `select ${columns} from scans where device = $1 and root is not null and root = any($2::bigint[])`,
    [device, roots.map(({ seq }) => seq)],
  );
  const standings = new Map(roots.map((row) => [row.seq, standingOf(row, home)]));
  const entries = [...roots, ...later]
    .sort((a, b) => a.seq - b.seq)
    .map(({ outcome: _, counted: __, root, ...row }) => ({
      ...row,
      root: root ?? row.seq,
      standing: standings.get(root ?? row.seq) ?? 'elsewhere',
      entry: readEntry(row.text),
    }));
  const nobody = new Set(
    roots.filter((row) => row.counted && row.outcome === null).map(({ seq }) => seq),
  );
  return { device, entries, people: peopleIn(entries, nobody), through: last.seq };
}

const standingOf = ({ gate, trusted }: Row, home: string | null): Standing =>
  gate === home ? (trusted ? 'counted' : 'revoked') : 'elsewhere';

/** As `reckon` does it: by shift, and what came after a revocation apart. */
function peopleIn(entries: readonly PagedEntry[], nobody: ReadonlySet<number>): PeopleBySeq {
  const folds = new Map<string, PeopleFold>();
  for (const { entry, trusted, shift } of entries) {
    if (!entry) continue;
    const name = `${trusted} ${shift}`;
    const fold = folds.get(name) ?? foldPeople();
    folds.set(name, fold);
    fold.step(entry);
  }
  const lines = [...folds.values()].flatMap((fold) => [...fold.bySeq]);
  return new Map(lines.filter(([seq]) => !nobody.has(seq)));
}

/** Whether the filter finds more than so many, looking no further than that. */
export async function holdsMoreThan(
  sql: Queries,
  filter: EntryFilter,
  most: number,
): Promise<boolean> {
  const where = conditionsOf(filter);
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from (
       select 1 from scans where ${where.text()} limit ${where.value(most + 1)}) as found`,
    where.params,
  );
  return (row?.n ?? 0) > most;
}
