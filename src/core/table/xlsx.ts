import type { LogEntry } from '../log/entry.ts';
import { tallyShift } from '../log/shift-summary.ts';
import type { Bytes, EpochMillis } from '../units.ts';
import { inStrides, noPause, type Pause, stride } from './pause.ts';
import { type SummaryCell, summaryRows } from './summary-table.ts';
import {
  type Cell,
  peopleColumns,
  peopleRows,
  type Row,
  type TableColumn,
  type TableWords,
  tableColumns,
  tableRows,
} from './table.ts';
import type { TableLabel } from './table-labels.ts';
import { zip } from './zip.ts';

export interface XlsxOptions extends TableWords {
  /** Written into the file as the time it was made. */
  readonly at: EpochMillis;
}

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
  const named: XlsxOptions = {
    ...options,
    format: (column, value) =>
      (column === 'iss' && typeof value === 'string' ? options.issuerName?.(value) : undefined) ??
      options.format?.(column, value),
  };
  const tally = tallyShift();
  await inStrides(entries, pause, tally.add);
  const summary = summaryRows(entries, tally.summary(), options);
  const filtered: Filtered = {};
  const people = sheet(peopleColumns, peopleRows(entries, named, tally.people), named);
  const everything = sheet(tableColumns, tableRows(entries, options, tally.people), options);
  const files: Readonly<Record<string, Iterable<string>>> = {
    ...Object.fromEntries(Object.entries(frame).map(([name, xml]) => [name, [xml]])),
    'xl/worksheets/sheet1.xml': summarySheet(summary, options),
    'xl/worksheets/sheet2.xml': noting(filtered, 'people', people),
    'xl/worksheets/sheet3.xml': noting(filtered, 'everything', everything),
    'xl/workbook.xml': workbook(options, filtered),
  };
  const list = Object.entries(files).map(([name, parts]) => ({ name, parts }));
  return zip(list, options.at, pause);
}

/** Cells of a sheet that can be filtered; known once all its rows are written. */
type Filtered = Partial<Record<TableLabel, string>>;

function* noting(
  filtered: Filtered,
  name: TableLabel,
  parts: Generator<string, string>,
): Iterable<string> {
  filtered[name] = yield* parts;
}

/** A long list; in the end says which cells can be filtered. */
function* sheet(
  columns: readonly TableColumn[],
  all: Iterable<Row>,
  options: XlsxOptions,
): Generator<string, string> {
  const headers = columns.map((column, i) => textCell(i, 1, options.headers[column], 2));
  yield `${sheetStart(columns)}<row r="1">${headers.join('')}</row>`;
  let rows = '';
  let r = 1;
  for (const row of all) {
    r++;
    const cells = columns.map((column, i) => cell(column, i, r, row[column], options));
    rows += `<row r="${r}">${cells.join('')}</row>`;
    if (r % stride > 0) continue;
    yield rows;
    rows = '';
  }
  yield `${rows}</sheetData><autoFilter ref="A1:${ref(columns.length - 1, r)}"/></worksheet>`;
  return `$A$1:$${letters(columns.length - 1)}$${r}`;
}

/** Short: made in one piece. What a line begins with is bold. */
function* summarySheet(all: Iterable<readonly SummaryCell[]>, words: TableWords): Iterable<string> {
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
    '<cols><col min="1" max="1" width="32" customWidth="1"/><col min="2" max="4" width="22" customWidth="1"/></cols>';
  yield `${xml}<worksheet xmlns="${main}">${cols}<sheetData>${rows.join('')}</sheetData></worksheet>`;
}

function cell(
  column: TableColumn,
  i: number,
  r: number,
  value: Cell,
  { format, aheadOfUtc }: XlsxOptions,
): string {
  if (value === undefined) return '';
  if (column === 'at' && typeof value === 'number') return dateCell(i, r, value, { aheadOfUtc });
  const words = format?.(column, value);
  if (words !== undefined) return textCell(i, r, words);
  if (typeof value === 'number') return `<c r="${ref(i, r)}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') {
    return `<c r="${ref(i, r)}" t="b"><v>${value ? 1 : 0}</v></c>`;
  }
  return textCell(i, r, value);
}

/** By the wall clock of the place: days since the end of 1899. */
function dateCell(
  i: number,
  r: number,
  at: number,
  { aheadOfUtc }: { readonly aheadOfUtc?: TableWords['aheadOfUtc'] | undefined },
): string {
  const serial = (at + (aheadOfUtc?.(at) ?? 0) * 60_000) / 86_400_000 + 25_569;
  return `<c r="${ref(i, r)}" s="1"><v>${serial}</v></c>`;
}

function textCell(i: number, r: number, text: string, style = 0): string {
  const s = style === 0 ? '' : ` s="${style}"`;
  const space = blankEnds.test(text) ? ' xml:space="preserve"' : '';
  return `<c r="${ref(i, r)}"${s} t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
}
/** Blanks that XML readers may drop. */
const blankEnds = /^\s|\s$|[\t\r\n]/;

const ref = (i: number, r: number): string => letters(i) + r;

function letters(i: number): string {
  const letter = String.fromCharCode(65 + (i % 26));
  return i < 26 ? letter : String.fromCharCode(64 + Math.floor(i / 26)) + letter;
}

/** What a cell holds at most, in characters. */
const longest = 32_767;
/** Control characters XML 1.0 cannot hold, escaped or not, and the two that are no characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML text; `_x0041_`, which spreadsheets decode, is kept as it reads. */
const xmlText = (text: string): string =>
  !unsafe.test(text) && text.length <= longest
    ? text
    : text
        .slice(0, longest)
        .replace(unwritable, '\ufffd')
        .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
        .replace(/[&<>]/g, (character) => entities[character] ?? '');
/** Most texts are none of this and need no look at each character. */
const unsafe = /[^ -~\u3000-\u9fff\uff01-\uff5e]|[&<>_]/;

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const officeRelation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Columns wider than a spreadsheet makes them, in characters. */
const widths: Partial<Record<TableColumn, number>> = {
  at: 20,
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

/** LibreOffice and older Excel show filter buttons only where the hidden name says so too. */
function* workbook({ labels }: TableWords, filtered: Filtered): Iterable<string> {
  const names: readonly TableLabel[] = ['summary', 'people', 'everything'];
  const said = names.map((name) => labels?.[name] ?? name);
  const sheets = said.map(
    (name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  const filters = names.map((name, i) => {
    const cells = filtered[name];
    const sheet = `'${said[i]?.replaceAll("'", "''")}'`;
    return cells
      ? `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${xmlText(sheet)}!${cells}</definedName>`
      : '';
  });
  yield `${xml}<workbook xmlns="${main}" xmlns:r="${officeRelation}">` +
    `<sheets>${sheets.join('')}</sheets><definedNames>${filters.join('')}</definedNames></workbook>`;
}

const relations = (...targets: readonly string[]): string =>
  `${xml}<Relationships xmlns="${packages}/relationships">${targets.join('')}</Relationships>`;
const relation = (id: number, type: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${officeRelation}/${type}" Target="${target}"/>`;

/** Every part but the sheets and their names. Styles: 0 as it is, 1 a date with its time, 2 bold. */
const frame: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `${xml}<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${mime}.sheet.main+xml"/>` +
    [1, 2, 3]
      .map(
        (n) =>
          `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${mime}.worksheet+xml"/>`,
      )
      .join('') +
    `<Override PartName="/xl/styles.xml" ContentType="${mime}.styles+xml"/></Types>`,
  '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
  'xl/_rels/workbook.xml.rels': relations(
    relation(1, 'worksheet', 'worksheets/sheet1.xml'),
    relation(2, 'worksheet', 'worksheets/sheet2.xml'),
    relation(3, 'worksheet', 'worksheets/sheet3.xml'),
    relation(4, 'styles', 'styles.xml'),
  ),
  'xl/styles.xml':
    `${xml}<styleSheet xmlns="${main}">` +
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
    '<fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
};
