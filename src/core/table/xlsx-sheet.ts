import type { SummaryCell } from './summary-table.ts';
import type { Row, TableColumn, TableWords } from './table.ts';
import { cell, dateCell, letters, ref, textCell } from './xlsx-cells.ts';
import { main, xml } from './xlsx-frame.ts';

/** A long list, written row by row. */
export interface ListSheet {
  /** What comes before the rows. */
  readonly head: string;
  /** The next row. */
  row(row: Row): string;
  /** What comes after the last. */
  end(): string;
  /** The cells that can be filtered: all of them so far. */
  filtered(): string;
}

/** A sheet with its header row frozen and its columns ready to be filtered. */
export function listSheet(columns: readonly TableColumn[], words: TableWords): ListSheet {
  const headers = columns.map((column, i) => textCell(i, 1, words.headers[column], 2));
  let r = 1;
  return {
    head: `${sheetStart(columns)}<row r="1">${headers.join('')}</row>`,
    row(row) {
      r++;
      const cells = columns.map((column, i) => cell(column, i, r, row[column], words));
      return `<row r="${r}">${cells.join('')}</row>`;
    },
    end: () => `</sheetData><autoFilter ref="A1:${ref(columns.length - 1, r)}"/></worksheet>`,
    filtered: () => `$A$1:$${letters(columns.length - 1)}$${r}`,
  };
}

/** Short: made in one piece. What a line begins with is bold. */
export function summarySheet(all: Iterable<readonly SummaryCell[]>, words: TableWords): string {
  const rows = [...all].map((row, r) => {
    const cells = row.map((value, i) => {
      if (value === undefined) return '';
      if (typeof value === 'number') return `<c r="${ref(i, r + 1)}"><v>${value}</v></c>`;
      if (typeof value === 'object') return dateCell(i, r + 1, value.at, words);
      return textCell(i, r + 1, String(value), i === 0 ? 2 : 0);
    });
    return `<row r="${r + 1}">${cells.join('')}</row>`;
  });
  const cols =
    '<cols><col min="1" max="1" width="32" customWidth="1"/><col min="2" max="6" width="22" customWidth="1"/></cols>';
  return `${xml}<worksheet xmlns="${main}">${cols}<sheetData>${rows.join('')}</sheetData></worksheet>`;
}

/** Columns wider than a spreadsheet makes them, in characters. */
const widths: Partial<Record<TableColumn, number>> = {
  at: 20,
  received: 20,
  finalReason: 24,
  why: 16,
  iss: 20,
  utc: 26,
};

function sheetStart(columns: readonly TableColumn[]): string {
  const cols = columns.map((column, i) => {
    const width = widths[column] ?? 12;
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;
  });
  return (
    `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${cols.join('')}</cols><sheetData>`
  );
}
