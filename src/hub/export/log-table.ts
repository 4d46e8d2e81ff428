import { type ShiftSums, tallyShift } from '../../core/log/shift-summary.ts';
import { peopleRows, type Row, type TableWords, tableRows } from '../../core/table/table.ts';
import type { Queries } from '../../node/database.ts';
import { type PagedEntry, type PeoplePage, peoplePages } from '../store/console/people-pages.ts';
import type { EntryFilter } from '../store/console/search.ts';
import { readEntry } from '../store/people/count-people.ts';

/** Some rows of the two lists, in the order of each device's log. */
export interface TablePage {
  readonly device: string;
  readonly rows: readonly Row[];
  /** Made when they are asked for: a CSV has none. */
  people(): Iterable<Row>;
}

/** People in numbers, as they add up while the table is written. */
export interface TableSums {
  /** Of everybody who counts. */
  readonly all: ShiftSums;
  /** The same by gate. */
  readonly gates: Map<string, ShiftSums>;
  /** People of revoked phones, or at another gate than the phone's. */
  notCounted: number;
}

export const noSums = (): TableSums => ({ all: new Map(), gates: new Map(), notCounted: 0 });

/**
 * The log of several devices as rows, and on the way the people in numbers: one pass, so that both
 * lists and the sums speak of the same entries whatever comes in meanwhile.
 */
export async function* tablePages(
  sql: Queries,
  filter: EntryFilter,
  words: { readonly rows: TableWords; readonly people: TableWords },
  sums: TableSums,
): AsyncGenerator<TablePage, void, undefined> {
  let device: string | undefined;
  let guards = new Map<string, string>();
  /** Rows of what was said later than where the page ends. */
  let later: [seq: number, row: Row][] = [];
  for await (const page of peoplePages(sql, filter)) {
    if (page.device !== device) {
      if (device !== undefined && later.length > 0)
        yield { device, rows: later.map(([, row]) => row), people: () => [] };
      device = page.device;
      guards = new Map();
      later = [];
    }
    await findGuards(sql, page, guards);
    count(page, sums);
    const all = [...later, ...rowsOf(page, words.rows, guards)].sort(([a], [b]) => a - b);
    later = all.filter(([seq]) => seq > page.through);
    const rows = all.filter(([seq]) => seq <= page.through).map(([, row]) => row);
    const people = () => peopleRows(readable(page), words.people, page.people, guards);
    yield { device, rows, people };
  }
  if (device !== undefined && later.length > 0)
    yield { device, rows: later.map(([, row]) => row), people: () => [] };
}

const readable = ({ entries }: PeoplePage) => entries.flatMap(({ entry }) => entry ?? []);

function rowsOf(page: PeoplePage, words: TableWords, guards: Map<string, string>): [number, Row][] {
  const rows = tableRows(readable(page), words, page.people, guards)[Symbol.iterator]();
  return page.entries.map((paged) => {
    const row = paged.entry ? rows.next().value : unread(page.device, paged);
    const { receivedAt: received, standing } = paged;
    return [paged.seq, { ...row, received, standing }];
  });
}

/** Of an entry nobody here can read: its place and its hash. */
const unread = (device: string, { seq, at, type, gate, shift, hash }: PagedEntry): Row => ({
  ...{ seq, at, type, gate, shift, device, hash },
});

/** Who was on duty, where the shift began before what the table shows. */
async function findGuards(sql: Queries, page: PeoplePage, guards: Map<string, string>) {
  const shifts = new Set(page.entries.map(({ shift }) => shift));
  const unknown = [...shifts].filter((shift) => shift !== '' && !guards.has(shift));
  if (unknown.length === 0) return;
  const rows = await sql.query<{ text: string }>(
    `select entry as text from scans
     where device = $1 and shift = any($2::text[]) and type = 'shift-start' order by seq`,
    [page.device, unknown],
  );
  for (const { text } of rows) {
    const entry = readEntry(text);
    if (entry?.type === 'shift-start') guards.set(entry.shift, entry.operator);
  }
}

function count(page: PeoplePage, sums: TableSums): void {
  const tallies = new Map<string, readonly ReturnType<typeof tallyShift>[]>();
  const trusted = new Set(page.entries.filter((one) => one.trusted).map(({ seq }) => seq));
  for (const { entry, standing, root } of page.entries) {
    const line = page.people.get(root);
    // a word that came after the revocation is none on somebody who came before it
    if (!entry || !line || trusted.has(entry.seq) !== trusted.has(root)) continue;
    if (standing !== 'counted') {
      if (entry.seq === root) sums.notCounted++;
      continue;
    }
    const name = `${line.gate} ${line.shift}`;
    const mine = tallies.get(name) ?? [tallyShift(sums.all), tallyShift(gateSums(sums, line.gate))];
    tallies.set(name, mine);
    for (const tally of mine) tally.add(entry);
  }
}

function gateSums({ gates }: TableSums, gate: string): ShiftSums {
  const known = gates.get(gate) ?? new Map();
  gates.set(gate, known);
  return known;
}
