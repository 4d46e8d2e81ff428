import { concat, utf8 } from '../bytes.ts';
import type { LogEntry } from '../log/entry.ts';
import { foldPeople } from '../log/people.ts';
import type { Bytes } from '../units.ts';
import { inStrides, noPause, type Pause, stride } from './pause.ts';
import {
  type Cell,
  isTime,
  type Row,
  type TableColumn,
  type TableWords,
  tableColumns,
  tableRows,
  wallTime,
} from './table.ts';

/**
 * The log as CSV (RFC 4180): UTF-8 with a BOM, CRLF, one line per entry. A text a spreadsheet would
 * take for a formula, or for a number or date it is not (`0012`), gets an apostrophe in front, and so
 * does one that has one: a reader that takes one leading apostrophe away has every value. Protocol 9.
 */
export async function logCsv(
  entries: readonly LogEntry[],
  words: TableWords,
  pause: Pause = noPause,
): Promise<Bytes> {
  const fold = foldPeople();
  await inStrides(entries, pause, fold.step);
  const parts: Bytes[] = [];
  let lines = csvHead(words);
  let r = 0;
  for (const row of tableRows(entries, words, fold.bySeq)) {
    lines += csvLine(row, words);
    if (++r % stride > 0) continue;
    parts.push(utf8(lines));
    lines = '';
    await pause();
  }
  return concat(...parts, utf8(lines));
}

/** The first line, after the mark by which spreadsheets know UTF-8. */
export const csvHead = (
  { headers }: TableWords,
  columns: readonly TableColumn[] = tableColumns,
): string => `\uFEFF${columns.map((column) => csvText(headers[column])).join(',')}\r\n`;

/** A row as its line. */
export const csvLine = (
  row: Row,
  words: TableWords,
  columns: readonly TableColumn[] = tableColumns,
): string => `${columns.map((column) => cell(column, row[column], words)).join(',')}\r\n`;

function cell(column: TableColumn, value: Cell, words: TableWords): string {
  if (value === undefined) return '';
  if (isTime(column) && typeof value === 'number') return wallTime(value, words);
  const said = words.format?.(column, value);
  if (said !== undefined) return csvText(said);
  return typeof value === 'string' ? csvText(value) : String(value);
}

/** Begins a formula: after blanks too, which some take away. */
const formula = /^(?:[\t\r\n']|\s*[=+\-@−])/;
/** Made of nothing but what spreadsheets read numbers, sums of money, dates and times from. */
const typed =
  /^(?:[\d\s.,:/⁄+\-%()$€£¥年月日时時分秒上下午]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|e|[ap]m)+$/i;
const truth = /^(?:true|false)$/i;
/** Digits that a spreadsheet shows as they are. */
const plain = /^(?:0|[1-9]\d{0,10})$/;
const beyondAscii = /[^ -~]/;

/** Would a spreadsheet take this text for something else? The wide signs of a Chinese keyboard count as the others. */
function isMisread(value: string): boolean {
  const text = beyondAscii.test(value) ? value.normalize('NFKC') : value;
  if (formula.test(text) || truth.test(text)) return true;
  return typed.test(text) && /\d/.test(text) && !plain.test(value);
}

/** A text as a cell: neither a formula nor a number it is not, quoted where it must be. */
export function csvText(value: string): string {
  const safe = isMisread(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
