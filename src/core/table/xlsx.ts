import type { LogEntry } from '../log/entry.ts';
import { tallyShift } from '../log/shift-summary.ts';
import type { Bytes, EpochMillis } from '../units.ts';
import { inStrides, noPause, type Pause, stride } from './pause.ts';
import { aboutShift, summaryRows } from './summary-table.ts';
import {
  peopleColumns,
  peopleRows,
  type Row,
  type TableColumn,
  type TableWords,
  tableColumns,
  tableRows,
} from './table.ts';
import type { TableLabel } from './table-labels.ts';
import { type Filtered, frame, workbook } from './xlsx-frame.ts';
import { listSheet, summarySheet } from './xlsx-sheet.ts';
import { zip } from './zip.ts';

export interface XlsxOptions extends TableWords {
  /** Written into the file as the time it was made. */
  readonly at: EpochMillis;
}

/** For a list of people: issuers by their names. */
export const namingIssuers = <W extends TableWords>(words: W): W => ({
  ...words,
  format: (column, value) =>
    (column === 'iss' && typeof value === 'string' ? words.issuerName?.(value) : undefined) ??
    words.format?.(column, value),
});

/**
 * The log as an Office Open XML workbook (ISO/IEC 29500) of three sheets: the shift in numbers, one row a
 * person with issuers by name, and every entry as logged. The two long ones have their header row
 * frozen and their columns ready to be filtered. Times are dates, numbers numbers, and every text an inline string, which no program takes for a formula.
 */
export async function logXlsx(
  entries: readonly LogEntry[],
  options: XlsxOptions,
  pause: Pause = noPause,
): Promise<Bytes> {
  const tally = tallyShift();
  await inStrides(entries, pause, tally.add);
  const summary = summaryRows(aboutShift(entries, options), tally.summary(), options);
  const filtered: Filtered = {};
  const named = namingIssuers(options);
  const people = peopleRows(entries, named, tally.people);
  const everything = tableRows(entries, options, tally.people);
  const files: Readonly<Record<string, Iterable<string>>> = {
    ...Object.fromEntries(Object.entries(frame).map(([name, xml]) => [name, [xml]])),
    'xl/worksheets/sheet1.xml': [summarySheet(summary, options)],
    'xl/worksheets/sheet2.xml': sheet('people', peopleColumns, people, named, filtered),
    'xl/worksheets/sheet3.xml': sheet('everything', tableColumns, everything, options, filtered),
    'xl/workbook.xml': workbook(options, filtered),
  };
  const list = Object.entries(files).map(([name, parts]) => ({ name, parts }));
  return zip(list, options.at, pause);
}

/** A long list in pieces; in the end notes which cells can be filtered. */
function* sheet(
  name: TableLabel,
  columns: readonly TableColumn[],
  all: Iterable<Row>,
  words: TableWords,
  filtered: Filtered,
): Iterable<string> {
  const list = listSheet(columns, words);
  yield list.head;
  let rows = '';
  let r = 0;
  for (const row of all) {
    rows += list.row(row);
    if (++r % stride > 0) continue;
    yield rows;
    rows = '';
  }
  yield `${rows}${list.end()}`;
  filtered[name] = list.filtered();
}
