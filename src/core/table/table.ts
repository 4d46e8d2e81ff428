import type { LogEntry, ScanEntry } from '../log/entry.ts';
import { foldPeople, type PersonLine } from '../log/people.ts';
import type { TableLabel } from './table-labels.ts';

/** The columns of the exported log: what a supervisor looks for first, proof last. Empty where there is no such value. */
export const tableColumns = [
  'seq',
  'at',
  'type',
  'event',
  'finalState',
  'finalReason',
  'dir',
  'admitted',
  'outcome',
  'by',
  'why',
  'corrections',
  'temperatureC',
  'companions',
  'category',
  'tail',
  'note',
  'ref',
  'corrects',
  'high',
  'scannedWith',
  'guard',
  'kind',
  'iss',
  'st',
  'colour',
  'ageS',
  'relativeHeld',
  'method',
  'state',
  'reason',
  'quality',
  'offset',
  'utc',
  'gate',
  'shift',
  'device',
  'number',
  'bundle',
  'list',
  'listTooOld',
  'jti',
  'fingerprint',
  'app',
  'prev',
  'hash',
] as const;
/** The same in a table of the hub's, which also says when it was received and whether it counts. */
export const hubColumns = [...tableColumns, 'received', 'standing'] as const;
export type TableColumn = (typeof hubColumns)[number];
/** What is asked about a person: the columns of the people's sheet. */
export const peopleColumns = [
  'seq',
  'at',
  'dir',
  'outcome',
  'by',
  'why',
  'finalState',
  'finalReason',
  'temperatureC',
  'high',
  'companions',
  'iss',
  'kind',
  'st',
  'colour',
  'category',
  'tail',
  'corrections',
  'guard',
  'gate',
] as const satisfies readonly TableColumn[];
/** Columns whose numbers are epoch milliseconds. */
export const isTime = (column: TableColumn): boolean => column === 'at' || column === 'received';
export type Cell = string | number | boolean | undefined;
export type Row = Readonly<Partial<Record<TableColumn, Cell>>>;

/** How a table reads: the same for every kind of file. */
export interface TableWords {
  readonly headers: Readonly<Record<TableColumn, string>>;
  /** A value in words; default: as logged. */
  readonly format?: (column: TableColumn, value: Cell) => string | undefined;
  /** Words that are no column's; default: their own names. */
  readonly labels?: Readonly<Record<TableLabel, string>>;
  /** What an issuer calls itself; default: its code. */
  readonly issuerName?: (code: string) => string | undefined;
  /** What an issuer calls a status of its (`g`: green code); default: nothing. */
  readonly statusName?: (issuer: string, status: string) => string | undefined;
  /** Minutes the wall clock of the place is ahead of UTC at an instant; default 0. */
  readonly aheadOfUtc?: (at: number) => number;
}

/** People by the entry that began them. */
export type PeopleBySeq = ReadonlyMap<number, PersonLine>;

function peopleIn(entries: readonly LogEntry[]): PeopleBySeq {
  const fold = foldPeople();
  for (const entry of entries) fold.step(entry);
  return fold.bySeq;
}

/**
 * The log as rows, one an entry. Beside what was logged each says who was on duty (`guard`), how a
 * person's code ended (`finalState`, `finalReason`), whether the person went in (`admitted`; empty where
 * nobody said it), by whose word and why: in the row of the entry that began it, one row a person. `number`: scans of a shift, entries of an export,
 * last entry purged, root version, milliseconds of a clock's offset. `people`: default, those of the entries.
 * `guards`: who is on duty by shift, where entries before these have said it.
 */
export function* tableRows(
  entries: readonly LogEntry[],
  words: TableWords,
  people: PeopleBySeq = peopleIn(entries),
  guards = new Map<string, string>(),
): Iterable<Row> {
  for (const entry of entries) {
    if (entry.type === 'shift-start') guards.set(entry.shift, entry.operator);
    yield rowOf(entry, people.get(entry.seq), guards.get(entry.shift), words);
  }
}

/** One row a person: of the rows of the log those in which somebody came. */
export function* peopleRows(
  entries: readonly LogEntry[],
  words: TableWords,
  people: PeopleBySeq = peopleIn(entries),
  guards = new Map<string, string>(),
): Iterable<Row> {
  for (const entry of entries) {
    if (entry.type === 'shift-start') guards.set(entry.shift, entry.operator);
    const line = people.get(entry.seq);
    if (line) yield rowOf(entry, line, guards.get(entry.shift), words);
  }
}

/** All columns are named, always in one order: a hundred thousand rows of one shape cost a tenth of as many merged ones. */
function rowOf(
  entry: LogEntry,
  line: PersonLine | undefined,
  guard: string | undefined,
  words: TableWords,
): Row {
  const logged = entry as Logged;
  const { event, number, note } = actOf(entry);
  const ended = line ? outcomeOf(line) : logged;
  return {
    seq: entry.seq,
    at: entry.at,
    type: entry.type,
    event,
    finalState: ended.finalState,
    finalReason: ended.finalReason,
    dir: ended.dir,
    admitted: ended.admitted,
    outcome: ended.outcome,
    by: ended.by,
    why: ended.why,
    corrections: ended.corrections,
    temperatureC: ended.temperatureC,
    companions: ended.companions ?? logged.companions,
    category: ended.category,
    tail: ended.tail,
    note: note ?? logged.note,
    ref: logged.ref,
    corrects: logged.corrects,
    high: ended.high ?? logged.high,
    scannedWith: logged.scannedWith,
    guard,
    kind: logged.kind,
    iss: logged.iss,
    st: logged.st,
    colour: entry.type === 'scan' ? colourOf(entry, words) : undefined,
    ageS: logged.ageS,
    relativeHeld: logged.relativeHeld,
    method: logged.method,
    state: logged.state,
    reason: logged.reason,
    quality: entry.quality,
    offset: offsetText(words.aheadOfUtc?.(entry.at) ?? 0),
    utc: new Date(entry.at).toISOString(),
    gate: entry.gate,
    shift: entry.shift,
    device: entry.device,
    number,
    bundle: logged.bundle,
    list: logged.list,
    listTooOld: logged.listTooOld,
    jti: logged.jti,
    fingerprint: entry.type === 'scan' ? (entry.textHmac ?? entry.textSha256) : undefined,
    app: entry.app,
    prev: entry.prev,
    hash: entry.hash,
    received: undefined,
    standing: undefined,
  } satisfies Record<TableColumn, Cell>;
}

/** What entries of any kind may have, under the names of the columns. */
type Logged = Row & LogEntry;

const colourOf = ({ iss, st }: ScanEntry, { statusName }: TableWords): string | undefined =>
  iss === undefined || st === undefined ? undefined : statusName?.(iss, st);

const outEnds = { admitted: 'left', refused: 'held', 'not-recorded': 'not-recorded' } as const;
const isIn = { admitted: true, refused: false, 'not-recorded': undefined } as const;

/** How it ended, in the row of the entry that began it: one row a person. */
function outcomeOf(line: PersonLine): Row {
  const { state, reason, outcome, by, why, corrections, temperatureC, companions, dir } = line;
  const byHand = outcome === 'admitted' ? 'pass' : 'stop';
  return {
    finalState: state ?? byHand,
    finalReason: reason ?? why,
    dir: dir ?? 'in',
    // who left was not let in, and was not refused either
    admitted: dir ? undefined : isIn[outcome],
    outcome: dir ? outEnds[outcome] : outcome,
    by,
    why,
    temperatureC,
    category: line.manual?.category,
    tail: line.manual?.tail,
    high: line.fever && temperatureC === undefined ? true : undefined,
    corrections: corrections > 0 ? corrections : undefined,
    companions: companions > 0 ? companions : undefined,
  };
}

const noAct: Row = {};

/** What happened, for entries about nobody. */
function actOf(entry: LogEntry): Row {
  switch (entry.type) {
    case 'supervisor':
      return { event: entry.act, number: entry.count, note: wasNote(entry) };
    case 'clock':
      return { event: entry.event, number: entry.offsetMs };
    case 'export':
      return { event: entry.format, number: entry.entries, note: entry.of };
    case 'shift-end':
      return { number: entry.scans };
    case 'purge':
      return { number: entry.through };
    case 'trust':
      return { number: entry.root };
    default:
      return noAct;
  }
}

/** What was shown before a supervisor's own count took its place. */
const wasNote = ({ was }: { readonly was?: number }): string | undefined =>
  was === undefined ? undefined : String(was);

/** `UTC+08:00`: no cell may begin with a sign. */
export function offsetText(minutes: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

/** `2026-11-22 14:30:05` by the wall clock of the place, which spreadsheets take for a date. */
export function wallTime(at: number, { aheadOfUtc }: TableWords): string {
  const place = new Date(at + (aheadOfUtc?.(at) ?? 0) * 60_000);
  return place.toISOString().slice(0, 19).replace('T', ' ');
}
