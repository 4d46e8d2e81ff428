import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { summaryOf } from '../../core/log/shift-summary.ts';
import { type SummaryCell, summaryRows } from '../../core/table/summary-table.ts';
import { hubColumns, peopleColumns, type TableWords } from '../../core/table/table.ts';
import { namingIssuers } from '../../core/table/xlsx.ts';
import { type Filtered, frame, workbook } from '../../core/table/xlsx-frame.ts';
import { type ListSheet, listSheet, summarySheet } from '../../core/table/xlsx-sheet.ts';
import type { Queries } from '../../node/database.ts';
import type { EntryFilter } from '../store/console/search.ts';
import { noSums, type TableSums, tablePages } from './log-table.ts';
import { type StreamedFile, zipStream } from './zip-stream.ts';

/** What a workbook of the hub's is about, and in which words. */
export interface BookOptions {
  readonly filter: EntryFilter;
  readonly words: TableWords;
  /** First lines of the summary: what was asked for. */
  readonly about: readonly (readonly SummaryCell[])[];
  /** What gates are called. */
  readonly namesOf: (gates: Iterable<string>) => Promise<ReadonlyMap<string, string>>;
}

/**
 * The workbook of a shift, of a day, of many gates: the same three sheets as the phone's, one row a person
 * whatever phone they met, and the people by gate. Made as it is read: the sheet of all entries first,
 * while that of people, shorter, waits in memory.
 */
export function logBook(
  sql: Queries,
  options: BookOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  return zipStream(parts(sql, options));
}

async function* parts(
  sql: Queries,
  { filter, words, about, namesOf }: BookOptions,
): AsyncGenerator<StreamedFile, void, undefined> {
  const named = namingIssuers(words);
  const sums = noSums();
  const people = listSheet(peopleColumns, named);
  const everything = listSheet(hubColumns, words);
  /** Packed: it may be a tenth of a gigabyte. */
  const packedPeople: Buffer[] = [];
  async function* all(): AsyncGenerator<string, void, undefined> {
    yield everything.head;
    for await (const page of tablePages(sql, filter, { rows: words, people: named }, sums)) {
      packedPeople.push(deflateRawSync([...page.people()].map(people.row).join('')));
      yield page.rows.map(everything.row).join('');
    }
    yield everything.end();
  }
  yield { name: 'xl/worksheets/sheet3.xml', parts: all() };
  yield { name: 'xl/worksheets/sheet2.xml', parts: unpacked(people, packedPeople) };
  const summary = [
    ...summaryRows(about, summaryOf(sums.all), words),
    ...byGate(sums, words, await namesOf(sums.gates.keys())),
  ];
  yield { name: 'xl/worksheets/sheet1.xml', parts: [summarySheet(summary, words)] };
  for (const [name, xml] of Object.entries(frame)) yield { name, parts: [xml] };
  const filtered: Filtered = { people: people.filtered(), everything: everything.filtered() };
  yield { name: 'xl/workbook.xml', parts: workbook(words, filtered) };
}

function* unpacked(list: ListSheet, parts: readonly Buffer[]): Iterable<string> {
  yield list.head;
  for (const part of parts) yield inflateRawSync(part).toString();
  yield list.end();
}

function* byGate(
  { gates, notCounted }: TableSums,
  words: TableWords,
  names: ReadonlyMap<string, string>,
): Iterable<readonly SummaryCell[]> {
  const { labels } = words;
  if (notCounted > 0) yield [labels?.notCounted ?? 'notCounted', notCounted];
  yield [];
  const ends = ['people', 'admitted', 'refused', 'notRecorded'] as const;
  const heads = [...ends, 'left', 'looks'] as const;
  yield [labels?.gates ?? 'gates', ...heads.map((end) => labels?.[end] ?? end)];
  for (const [gate, of] of [...gates].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const summary = summaryOf(of);
    const { people, left, looks } = summary;
    if (people + left.admitted + looks === 0) continue;
    yield [names.get(gate) ?? gate, ...ends.map((end) => summary[end]), left.admitted, looks];
  }
}
