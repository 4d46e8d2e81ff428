import type { LogEntry } from '../../core/log/entry.ts';
import { parseEntry } from '../../core/log/entry-schema.ts';
import { printableJson } from '../../core/printable.ts';
import { csvText } from '../../core/table/csv.ts';
import { wallClock } from '../zone.ts';
import type { StoredEntry } from './read-entries.ts';

/** What stands in one entry's own members, as far as it has them. */
const members = [
  ...['gate', 'shift', 'type', 'state', 'reason', 'kind', 'iss', 'st', 'method', 'outcome', 'by'],
  ...['why', 'admitted', 'category', 'tail', 'note', 'temperatureC', 'high', 'companions', 'ref'],
  ...['corrects', 'quality', 'operator', 'app', 'hash'],
] as const;

/** The columns of the file; `at` and `received` are by the clock of whoever asks. */
export const columns: readonly string[] = [
  ...['device', 'seq', 'at', 'received', 'trusted', 'flag'],
  ...members,
];

/** The first line, after a mark by which spreadsheets know UTF-8. */
export const csvHead = `\uFEFF${columns.join(',')}\r\n`;

/** An entry as a line of CSV (RFC 4180): no text in it is a formula. One nobody can read is hash and place alone. */
export function csvLine(stored: StoredEntry): string {
  const entry = (read(stored.entry) ?? {}) as Partial<LogEntry> & Record<string, unknown>;
  const { device, seq, receivedAt, trusted, flag } = stored;
  const cells = [
    ...[csvText(device), String(seq), second(entry.at), second(receivedAt), String(trusted)],
    csvText(flag ?? ''),
    ...members.map((member) => cell(entry[member])),
  ];
  return `${cells.join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (typeof value === 'string') return csvText(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const second = (at: number | undefined): string =>
  at === undefined ? '' : wallClock(at, 'seconds');

/** An entry as a line of JSON; `entry` is null where it cannot be read. */
export function jsonLine({ entry, ...stored }: StoredEntry): string {
  return `${printableJson({ ...stored, entry: read(entry) ?? null })}\n`;
}

function read(text: string): LogEntry | undefined {
  try {
    return parseEntry(JSON.parse(text));
  } catch {
    return undefined;
  }
}
