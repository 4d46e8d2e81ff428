import * as v from 'valibot';
import { districtCode } from '../../core/health/declaration.ts';
import { type DocumentId, readDocument } from '../../core/health/documents.ts';
import { isObject } from '../../core/json.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { readCsv } from '../../core/table/read-csv.ts';

/** Why a line was not taken. It is told by its number: nothing of the line goes into an answer. */
export type LineProblem =
  | 'shape'
  | 'kind'
  | 'document'
  | 'time'
  | 'guardian'
  | 'conflict'
  | 'unknown';

/** One line of a source: a fact about somebody, or that an earlier one is withdrawn. */
export type FactLine =
  | { readonly withdraws: string }
  | {
      readonly id: string;
      readonly kind: string;
      readonly document: DocumentId;
      readonly guardian?: DocumentId;
      readonly value?: string;
      readonly district?: string;
      readonly at: number;
      readonly until?: number;
    };

const factId = v.pipe(v.string(), v.regex(/^[\w.:-]{1,64}$/));
const word = v.pipe(v.string(), v.regex(/^[\w-]{1,16}$/));
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(253_402_300_799));
const number = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const shape = v.union([
  v.strictObject({ withdraws: factId }),
  v.strictObject({
    id: factId,
    kind: word,
    type: v.string(),
    number,
    /** Of a `guardian` fact: who may show this child's code. */
    guardianType: v.exactOptional(v.string()),
    guardianNumber: v.exactOptional(number),
    value: v.exactOptional(word),
    district: v.exactOptional(districtCode),
    at: seconds,
    until: v.exactOptional(seconds),
  }),
]);

/** A line that was read, or why not, by its number from 1. */
export interface NumberedLine {
  readonly line: number;
  readonly read: Result<FactLine, LineProblem>;
}

const columns = Object.keys(shape.options[1].entries);

/** JSON lines: one object a line, blank lines passed over. */
export function readJsonLines(text: string, today: string): NumberedLine[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '') return [];
    return [{ line: at + 1, read: readLine(parse(line), today) }];
  });
}

/** CSV with a first line of these names; an empty cell is an absent member. Undefined: no such table. */
export function readCsvLines(text: string, today: string): NumberedLine[] | undefined {
  const [head, ...records] = readCsv(text) ?? [];
  const names = head?.cells ?? [];
  const isTable = names.every((name) => [...columns, 'withdraws'].includes(name));
  if (!isTable || names.length === 0 || new Set(names).size < names.length) return undefined;
  return records.map(({ line, cells }) => {
    const given = names.map((name, at) => [name, cellOf(name, cells[at] ?? '')] as const);
    const isWhole = cells.length === names.length;
    const members = Object.fromEntries(given.filter(([, value]) => value !== ''));
    return { line, read: isWhole ? readLine(members, today) : err('shape') };
  });
}

const cellOf = (name: string, cell: string): string | number =>
  (name === 'at' || name === 'until') && /^\d{1,12}$/.test(cell) ? Number(cell) : cell.trim();

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readLine(value: unknown, today: string): Result<FactLine, LineProblem> {
  const parsed = v.safeParse(shape, value);
  if (!isObject(value) || !parsed.success) return err('shape');
  const line = parsed.output;
  if ('withdraws' in line) return ok(line);
  const { type, number: typed, guardianType, guardianNumber, ...fact } = line;
  const document = readDocument(type, typed, today);
  if (!document.ok) return err('document');
  if (fact.until !== undefined && fact.until < fact.at) return err('time');
  const isGuardian = fact.kind === 'guardian';
  if (isGuardian !== (guardianNumber !== undefined)) return err('guardian');
  if (!isGuardian) return ok({ ...fact, document: document.value });
  const guardian = readDocument(guardianType ?? '', guardianNumber ?? '', today);
  if (!guardian.ok || fact.value !== undefined) return err('guardian');
  return ok({ ...fact, document: document.value, guardian: guardian.value });
}
