import type { LogEntry } from '../log/entry.ts';
import {
  type Cell,
  type Row,
  type TableColumn,
  type TableWords,
  tableColumns,
  tableRows,
  wallTime,
} from './table.ts';

/**
 * The log as CSV (RFC 4180): UTF-8 with a BOM, CRLF, one line per entry. A text a spreadsheet would
 * take for a formula gets an apostrophe in front; numbers stay numbers. Protocol 9.
 */
export function logCsv(entries: readonly LogEntry[], words: TableWords): string {
  const lines = [tableColumns.map((column) => text(words.headers[column])).join(',')];
  for (const row of tableRows(entries, words)) lines.push(line(row, words));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

const line = (row: Row, words: TableWords): string =>
  tableColumns.map((column) => cell(column, row[column], words)).join(',');

function cell(column: TableColumn, value: Cell, words: TableWords): string {
  if (value === undefined) return '';
  if (column === 'at' && typeof value === 'number') return wallTime(value, words);
  const said = words.format?.(column, value);
  if (said !== undefined) return text(said);
  return typeof value === 'string' ? text(value) : String(value);
}

/** A text; spreadsheets with a Chinese keyboard take the wide signs for formulas too. */
function text(value: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
