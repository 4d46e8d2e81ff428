import * as v from 'valibot';
import { type EntryQuestion, entryQuestion, exportFormats } from '../../../core/console/entries.ts';
import type { SummaryCell } from '../../../core/table/summary-table.ts';
import type { TableWords } from '../../../core/table/table.ts';
import { wallTime } from '../../../core/table/table.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import { csvText } from '../../export/csv-text.ts';
import { createDownloads, held } from '../../export/hold-open.ts';
import { signedLines } from '../../export/signed-lines.ts';
import { hubTableWords } from '../../export/table-words.ts';
import { logBook } from '../../export/workbook.ts';
import { problem, tooMany } from '../../http/problem.ts';
import { recordAct } from '../../operators/act-log.ts';
import { holdsMoreThan } from '../../store/console/people-pages.ts';
import { clockOf } from '../../zone.ts';
import { type AskedBy, actorOf, answer } from '../asked.ts';
import { type Found, filterOf } from './filter.ts';

/** Entries a workbook holds: more open in no program of a desk. A text file has no end. */
const mostInBook = 300_000;
/** Downloads under way in one process. */
const mostAtOnce = 4;
const retryS = 30;

const languages = ['zh-CN', 'zh-TW', 'en'] as const;
const number = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));
const question = v.strictObject({
  ...entryQuestion.entries,
  from: v.exactOptional(number),
  to: v.exactOptional(number),
  format: v.picklist(exportFormats),
  language: v.picklist(languages),
  /** IANA name of the zone whose clock the table tells. */
  zone: v.pipe(v.string(), v.maxLength(64)),
  /** Only whether it can be had. */
  check: v.exactOptional(v.literal('1')),
});
type Question = v.InferOutput<typeof question>;

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/jsonl; charset=utf-8',
} as const;
const endings = { csv: 'csv', xlsx: 'xlsx', json: 'jsonl' } as const;

const downloads = createDownloads(mostAtOnce);

/**
 * The log as a file, made while it is read: as CSV, as a workbook, or as signed lines of JSON, of what was
 * asked for. Who took what is written down; where that cannot be, the file comes all the same.
 */
export async function exportEntries(asked: AskedBy): Promise<Response> {
  const { context, hub, now, operator } = asked;
  const parsed = v.safeParse(question, context.req.query());
  // HEAD would hold a place, and stand in the log, for nothing
  if (!parsed.success || context.req.method !== 'GET') return problem(context, 'bad-shape');
  const { format, language, zone, check, ...wanted } = parsed.output;
  const aheadOfUtc = clockOf(zone);
  if (!aheadOfUtc) return problem(context, 'bad-shape');
  const found = await filterOf(hub.sql, operator, wanted);
  const isBook = format === 'xlsx';
  if (isBook && (await holdsMoreThan(hub.sql, found.filter, mostInBook)))
    return problem(context, 'too-long');
  if (check) return answer(context, { format });
  const over = downloads.begin();
  if (!over) return tooMany(context, retryS);
  try {
    await writeDown(asked, parsed.output);
    const words = await hubTableWords(hub.authority, now, { language, aheadOfUtc });
    const bytes = await make(asked, parsed.output, found, words);
    return context.body(held(bytes, over), 200, {
      'content-type': types[format],
      'content-disposition': `attachment; filename="${nameOf(wanted, now, words)}.${endings[format]}"`,
      'cache-control': 'no-store',
    });
  } catch (cause) {
    over();
    throw cause;
  }
}

async function make(
  { hub, now }: AskedBy,
  { format, language: _, zone: __, check: ___, ...wanted }: Question,
  { filter, namesOf }: Found,
  words: TableWords,
): Promise<AsyncGenerator<Uint8Array, void, undefined>> {
  if (format === 'csv') return csvText(hub.sql, { filter, words });
  if (format === 'xlsx') {
    const gate = wanted.gate === undefined ? undefined : await namesOf([wanted.gate]);
    return logBook(hub.sql, { filter, words, about: aboutOf(wanted, words, gate), namesOf });
  }
  const doubt = hub.signing?.doubt();
  return signedLines(hub.sql, {
    ...{ filter, at: now, asked: wanted, authority: hub.authority, doubt },
  });
}

/** What was asked for, as the summary's first lines. */
function aboutOf(
  { from, to, gate, site, state, reason, outcome, issuer, device, shift }: EntryQuestion,
  words: TableWords,
  names: ReadonlyMap<string, string> | undefined,
): (readonly SummaryCell[])[] {
  const { headers, labels, format } = words;
  const said = (column: keyof typeof headers, value: string | undefined, as?: string) =>
    value === undefined ? [] : [[headers[column], as ?? format?.(column, value) ?? value] as const];
  const time = (label: 'from' | 'to', at: number | undefined) =>
    at === undefined ? [] : [[labels?.[label] ?? label, { at: epochMillis(at) }] as const];
  return [
    ...said('gate', gate, gate === undefined ? undefined : names?.get(gate)),
    ...said('gate', site),
    ...time('from', from),
    ...time('to', to),
    ...said('device', device),
    ...said('shift', shift),
    ...said('finalState', state),
    ...said('finalReason', reason),
    ...said('outcome', outcome),
    ...said('iss', issuer),
  ];
}

/** ASCII: what the day and the place are called. */
function nameOf(
  { from, gate, site, shift }: EntryQuestion,
  now: EpochMillis,
  words: TableWords,
): string {
  const day = wallTime(from ?? now, words).slice(0, 10);
  const parts = [gate ?? site ?? '', shift?.slice(0, 4) ?? ''];
  const plain = parts.map((part) => part.replaceAll(/[^\w-]/g, '_'));
  return ['kakou', day, ...plain].filter((part) => part !== '').join('-');
}

/** Records can be taken out of a hub that can store nothing; its log says so instead. */
async function writeDown(
  asked: AskedBy,
  { zone: _, language: __, check: ___, ...facts }: Question,
) {
  const { hub, now } = asked;
  try {
    await hub.sql.transaction((tx) =>
      recordAct(tx, { at: now, by: actorOf(asked), act: 'exported', facts }),
    );
  } catch {
    hub.log.warn({ format: facts.format }, 'export not written down');
  }
}
