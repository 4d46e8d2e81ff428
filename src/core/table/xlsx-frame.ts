import type { TableWords } from './table.ts';
import type { TableLabel } from './table-labels.ts';
import { xmlText } from './xlsx-cells.ts';

/** What every part begins with. */
export const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const officeRelation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cells of a sheet that can be filtered; known once all its rows are written. */
export type Filtered = Partial<Record<TableLabel, string>>;

/** LibreOffice and older Excel show filter buttons only where the hidden name says so too. */
export function* workbook({ labels }: TableWords, filtered: Filtered): Iterable<string> {
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
export const frame: Readonly<Record<string, string>> = {
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
