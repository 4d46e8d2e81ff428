import type { LogEntry } from '../log/entry.ts';
import type { Outcomes, ShiftSummary } from '../log/shift-summary.ts';
import type { EpochMillis } from '../units.ts';
import { type Cell, offsetText, type TableColumn, type TableWords } from './table.ts';
import type { TableLabel } from './table-labels.ts';

const ends = ['admitted', 'refused', 'notRecorded'] as const;
const verdicts = ['pass', 'check', 'stop', 'unknown', 'byHand'] as const;
const deciders = ['scanner', 'guard', 'supervisor', 'other'] as const;

/** A cell of the summary; an instant is told apart from a number. */
export type SummaryCell = Cell | { readonly at: EpochMillis };

/** Numbers as lines of a sheet: what they are about, totals, then one table a question. */
export function* summaryRows(
  about: Iterable<readonly SummaryCell[]>,
  summary: ShiftSummary,
  words: TableWords,
): Iterable<readonly SummaryCell[]> {
  const { headers } = words;
  const label = (name: TableLabel): string => words.labels?.[name] ?? name;
  const say = (column: TableColumn, value: string): string =>
    words.format?.(column, value) ?? value;
  yield* about;
  yield [];
  for (const name of ['people', ...ends, 'scanned', 'corrected', 'measured', 'fever'] as const) {
    yield [label(name), summary[name]];
  }
  yield [headers.companions, summary.companions.all];
  yield [label('companionsAdmitted'), summary.companions.admitted];
  const { left, looks } = summary;
  yield [label('left'), left.admitted];
  yield [label('leftCompanions'), left.companions];
  if (left.refused > 0) yield [label('leftHeld'), left.refused];
  if (left.notRecorded > 0) yield [label('leftOpen'), left.notRecorded];
  yield [label('looks'), looks];
  const line = (name: string, row: Partial<Outcomes>): Cell[] => [
    name,
    ...ends.map((end) => row[end]),
  ];
  yield [];
  yield [headers.finalState, ...ends.map(label)];
  for (const name of verdicts) {
    const word = name === 'byHand' ? label(name) : say('finalState', name);
    yield line(word, summary.verdicts[name]);
  }
  yield [];
  yield [headers.by, label('admitted'), label('refused')];
  for (const name of deciders) {
    yield line(name === 'other' ? label(name) : say('by', name), summary.deciders[name]);
  }
  yield [];
  yield [headers.finalReason, label('people')];
  for (const { reason, people } of summary.reasons) yield [say('finalReason', reason), people];
  yield [];
  yield [headers.iss, label('people')];
  for (const { issuer, people } of summary.issuers) {
    yield [words.issuerName?.(issuer) ?? issuer, people];
  }
  yield [];
  yield [label('hour'), label('people')];
  for (const { from, people } of summary.hours) {
    yield [{ at: from }, people];
  }
}

/** What the numbers of one shift are about. */
export function* aboutShift(
  entries: readonly LogEntry[],
  words: TableWords,
): Iterable<readonly SummaryCell[]> {
  const { headers } = words;
  const label = (name: TableLabel): string => words.labels?.[name] ?? name;
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return;
  const start = entries.find((entry) => entry.type === 'shift-start');
  yield [headers.shift, first.shift];
  yield [headers.guard, start?.operator];
  yield [headers.gate, first.gate];
  yield [headers.device, first.device];
  yield [label('from'), { at: first.at }];
  yield [label('to'), { at: last.at }];
  yield [headers.offset, offsetText(words.aheadOfUtc?.(first.at) ?? 0)];
  const way = start?.scannedWith;
  if (way) yield [headers.scannedWith, words.format?.('scannedWith', way) ?? way];
}
