import type { LogEntry } from './entry.ts';

/** The columns of the exported log, in order; a cell is empty where an entry has no such member. */
export const csvColumns = [
  'seq',
  'at',
  'quality',
  'device',
  'gate',
  'shift',
  'type',
  'method',
  'state',
  'reason',
  'kind',
  'iss',
  'jti',
  'st',
  'ageS',
  'relativeHeld',
  'temperatureC',
  'companions',
  'ref',
  'category',
  'admitted',
  'tail',
  'note',
  'operator',
  'bundle',
  'list',
  'listTooOld',
  'textSha256',
  'app',
  'prev',
  'hash',
] as const;
export type CsvColumn = (typeof csvColumns)[number];

export interface CsvOptions {
  readonly headers: Readonly<Record<CsvColumn, string>>;
  /** How a column's value reads (a local time, a word); default: as logged, `at` in ISO 8601 UTC. */
  readonly format?: (column: CsvColumn, value: unknown) => string | undefined;
  /** Minutes the wall clock of the place is ahead of UTC at an instant, for a workbook; default 0. */
  readonly aheadOfUtc?: (at: number) => number;
}

/**
 * The log as CSV (RFC 4180): UTF-8 with a BOM, CRLF, one line per entry. A text a spreadsheet would
 * take for a formula gets an apostrophe in front; numbers stay numbers. Protocol 9.
 */
export function logCsv(entries: readonly LogEntry[], options: CsvOptions): string {
  const lines = [csvColumns.map((column) => cell(options.headers[column])).join(',')];
  for (const entry of entries) lines.push(line(entry, options));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function line(entry: LogEntry, options: CsvOptions): string {
  const members: { readonly [member: string]: unknown } = { ...entry };
  return csvColumns
    .map((column) => {
      const value = members[column];
      if (value === undefined) return '';
      return cell(options.format?.(column, value) ?? asLogged(column, value));
    })
    .join(',');
}

function asLogged(column: CsvColumn, value: unknown): string | number {
  if (typeof value !== 'number') return String(value);
  return column === 'at' ? new Date(value).toISOString() : value;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
