import { csvHead, csvLine } from '../../core/table/csv.ts';
import { hubColumns, type TableWords } from '../../core/table/table.ts';
import type { Queries } from '../../node/database.ts';
import type { EntryFilter } from '../store/console/search.ts';
import { noSums, tablePages } from './log-table.ts';

/** The log as CSV, as it is read: the rows of the workbook's sheet of all entries. */
export async function* csvText(
  sql: Queries,
  { filter, words }: { readonly filter: EntryFilter; readonly words: TableWords },
): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(csvHead(words, hubColumns));
  for await (const { rows } of tablePages(sql, filter, { rows: words, people: words }, noSums())) {
    yield Buffer.from(rows.map((row) => csvLine(row, words, hubColumns)).join(''));
  }
}
