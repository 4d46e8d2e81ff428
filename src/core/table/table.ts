import type { LogEntry } from '../log/entry.ts';
import { finalScans } from '../log/shift-summary.ts';

/** The columns of the exported log: what a supervisor looks for first, proof last. Empty where there is no such value. */
export const tableColumns = [
  'seq',
  'at',
  'type',
  'event',
  'finalState',
  'finalReason',
  'admitted',
  'temperatureC',
  'companions',
  'category',
  'tail',
  'note',
  'ref',
  'guard',
  'kind',
  'iss',
  'st',
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
export type TableColumn = (typeof tableColumns)[number];
export type Cell = string | number | boolean | undefined;
export type Row = Readonly<Partial<Record<TableColumn, Cell>>>;

/** How a table reads: the same for every kind of file. */
export interface TableWords {
  readonly headers: Readonly<Record<TableColumn, string>>;
  /** A value in words; default: as logged. */
  readonly format?: (column: TableColumn, value: Cell) => string | undefined;
  /** Minutes the wall clock of the place is ahead of UTC at an instant; default 0. */
  readonly aheadOfUtc?: (at: number) => number;
}

/**
 * The log as rows, one an entry. Beside what was logged each says who was on duty (`guard`), how a
 * scan ended once the guard had decided (`finalState`, `finalReason`), and whether the person went in
 * (`admitted`; empty where the device cannot know). `number`: scans of a shift, entries of an export,
 * last entry purged, root version, milliseconds of a clock's offset.
 */
export function* tableRows(entries: readonly LogEntry[], words: TableWords): Iterable<Row> {
  const finals = finalScans(entries);
  const guards = new Map<string, string>();
  for (const entry of entries) {
    if (entry.type === 'shift-start') guards.set(entry.shift, entry.operator);
    const members: Row = { ...entry };
    const aheadMin = words.aheadOfUtc?.(entry.at) ?? 0;
    yield {
      ...members,
      offset: offsetText(aheadMin),
      utc: new Date(entry.at).toISOString(),
      guard: guards.get(entry.shift),
      fingerprint: entry.type === 'scan' ? (entry.textHmac ?? entry.textSha256) : undefined,
      ...outcomeOf(entry, finals),
      ...actOf(entry),
    };
  }
}

const isIn = { pass: true, stop: false, check: undefined, unknown: undefined } as const;

function outcomeOf(entry: LogEntry, finals: ReturnType<typeof finalScans>): Row {
  if (entry.type === 'manual') {
    return { finalState: entry.admitted ? 'pass' : 'stop', finalReason: entry.note };
  }
  const final = finals.get(entry.seq);
  if (!final) return {};
  const { state, reason } = final;
  return { finalState: state, finalReason: reason, admitted: isIn[state] };
}

/** What happened, for entries about nobody. */
function actOf(entry: LogEntry): Row {
  switch (entry.type) {
    case 'supervisor':
      return { event: entry.act };
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
      return {};
  }
}

/** `UTC+08:00`: no cell may begin with a sign. */
function offsetText(minutes: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

/** `2026-11-22 14:30:05` by the wall clock of the place, which spreadsheets take for a date. */
export function wallTime(at: number, { aheadOfUtc }: TableWords): string {
  const place = new Date(at + (aheadOfUtc?.(at) ?? 0) * 60_000);
  return place.toISOString().slice(0, 19).replace('T', ' ');
}
