import { strToU8, Zip, ZipDeflate } from 'fflate';
import { concat } from '../bytes.ts';
import type { LogEntry } from '../log/entry.ts';
import type { Bytes, EpochMillis } from '../units.ts';
import {
  type Cell,
  type Row,
  type TableColumn,
  type TableWords,
  tableColumns,
  tableRows,
} from './table.ts';

export interface XlsxOptions extends TableWords {
  /** Written into the file as the time it was made. */
  readonly at: EpochMillis;
}

/**
 * The log as an Office Open XML workbook (ISO/IEC 29500): one sheet, its header row frozen and its columns ready to be filtered. Times are
 * dates, numbers numbers, and every text an inline string, which no program takes for a formula.
 */
export function logXlsx(entries: readonly LogEntry[], options: XlsxOptions): Bytes {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const add = (name: string, parts: Iterable<string>) => {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = Math.min(Math.max(options.at, earliest), latest);
    zip.add(file);
    for (const part of parts) file.push(strToU8(part));
    file.push(new Uint8Array(0), true);
  };
  for (const [name, xml] of Object.entries(frame)) add(name, [xml]);
  add('xl/worksheets/sheet1.xml', sheet(entries, options));
  zip.end();
  return concat(...chunks);
}

/** A ZIP file knows no other years; a phone with an empty battery does. */
const earliest = Date.UTC(1980, 0, 2);
const latest = Date.UTC(2099, 11, 30);

/** Rows compressed at a time. */
const stride = 500;

function* sheet(entries: readonly LogEntry[], options: XlsxOptions): Iterable<string> {
  const headers = tableColumns.map((column, i) => textCell(i, 1, options.headers[column], 2));
  yield `${sheetStart}<row r="1">${headers.join('')}</row>`;
  let rows = '';
  let r = 1;
  for (const row of tableRows(entries, options)) {
    rows += rowXml(row, ++r, options);
    if (r % stride > 0) continue;
    yield rows;
    rows = '';
  }
  yield `${rows}</sheetData><autoFilter ref="A1:${ref(tableColumns.length - 1, r)}"/></worksheet>`;
}

function rowXml(row: Row, r: number, options: XlsxOptions): string {
  const cells = tableColumns.map((column, i) => cell(column, i, r, row[column], options));
  return `<row r="${r}">${cells.join('')}</row>`;
}

function cell(
  column: TableColumn,
  i: number,
  r: number,
  value: Cell,
  { format, aheadOfUtc }: XlsxOptions,
): string {
  if (value === undefined) return '';
  if (column === 'at' && typeof value === 'number') {
    const serial = (value + (aheadOfUtc?.(value) ?? 0) * 60_000) / 86_400_000 + 25_569;
    return `<c r="${ref(i, r)}" s="1"><v>${serial}</v></c>`;
  }
  const words = format?.(column, value);
  if (words !== undefined) return textCell(i, r, words);
  if (typeof value === 'number') return `<c r="${ref(i, r)}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') {
    return `<c r="${ref(i, r)}" t="b"><v>${value ? 1 : 0}</v></c>`;
  }
  return textCell(i, r, value);
}

function textCell(i: number, r: number, text: string, style = 0): string {
  const s = style === 0 ? '' : ` s="${style}"`;
  return `<c r="${ref(i, r)}"${s} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function ref(i: number, r: number): string {
  const letter = String.fromCharCode(65 + (i % 26));
  return `${i < 26 ? '' : String.fromCharCode(64 + Math.floor(i / 26))}${letter}${r}`;
}

/** What a cell holds at most, in characters. */
const longest = 32_767;
/** Control characters XML 1.0 cannot hold, escaped or not, and the two that are no characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML text; `_x0041_`, which spreadsheets decode, is kept as it reads. */
const xmlText = (text: string): string =>
  text
    .slice(0, longest)
    .replace(unwritable, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (character) => entities[character] ?? '');

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const officeRelation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function width(column: TableColumn, letters: number): string {
  const place = tableColumns.indexOf(column) + 1;
  return `<col min="${place}" max="${place}" width="${letters}" customWidth="1"/>`;
}

const sheetStart =
  `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
  `<cols>${width('at', 20)}${width('finalReason', 24)}${width('utc', 26)}</cols><sheetData>`;

const relations = (...targets: readonly string[]): string =>
  `${xml}<Relationships xmlns="${packages}/relationships">${targets.join('')}</Relationships>`;
const relation = (id: number, type: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${officeRelation}/${type}" Target="${target}"/>`;

/** Every part but the sheet. Styles: 0 as it is, 1 a date with its time, 2 bold. */
const frame: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `${xml}<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${mime}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${mime}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${mime}.styles+xml"/></Types>`,
  '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
  'xl/workbook.xml':
    `${xml}<workbook xmlns="${main}" xmlns:r="${officeRelation}">` +
    '<sheets><sheet name="Kakou" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': relations(
    relation(1, 'worksheet', 'worksheets/sheet1.xml'),
    relation(2, 'styles', 'styles.xml'),
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
