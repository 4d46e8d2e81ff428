import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EntryBody } from '../../../src/core/log/entry.ts';
import { type TableColumn, type TableWords, tableColumns } from '../../../src/core/table/table.ts';
import { type TableLabel, tableLabels } from '../../../src/core/table/table-labels.ts';
import { logXlsx } from '../../../src/core/table/xlsx.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { unhashed } from '../../support/entry-sequences.ts';
import { headers, someEntries } from '../../support/log-entries.ts';

const at = epochMillis(1_646_121_600_000);
const words: TableWords = {
  headers,
  format: (name, value) => (name === 'state' && value === 'pass' ? 'Pass' : undefined),
};
const note = (text: string): EntryBody => ({
  type: 'manual',
  category: 'other',
  admitted: true,
  note: text,
});

async function sheetOf(body?: EntryBody): Promise<Document> {
  const file = await logXlsx(await someEntries(2, 'device-1', undefined, body), {
    ...words,
    at,
    aheadOfUtc: () => 480,
  });
  const xml = strFromU8(unzipSync(file)['xl/worksheets/sheet3.xml'] ?? new Uint8Array());
  return new DOMParser().parseFromString(xml, 'text/xml');
}

// the XML is read by a real parser: what is not well formed has no cells
let DOMParser: new () => { parseFromString(xml: string, type: string): Document };
beforeAll(async () => {
  const { Window } = await import('happy-dom');
  DOMParser = new Window().DOMParser as never;
});

const cell = (sheet: Document, ref: string) => {
  const found = [...sheet.querySelectorAll('c')].find((one) => one.getAttribute('r') === ref);
  return { type: found?.getAttribute('t') ?? 'n', text: found?.textContent ?? '' };
};
const column = (name: TableColumn) => {
  const i = tableColumns.indexOf(name as (typeof tableColumns)[number]);
  return `${i < 26 ? '' : 'A'}${String.fromCharCode(65 + (i % 26))}`;
};

describe('the log as a workbook', () => {
  it('has a frozen header row with the words of the language', async () => {
    const sheet = await sheetOf();
    expect(sheet.querySelector('pane')?.getAttribute('state')).toBe('frozen');
    expect(cell(sheet, 'B1')).toEqual({ type: 'inlineStr', text: '[at]' });
    expect(cell(sheet, `${column('hash')}1`).text).toBe('[hash]');
    expect(sheet.querySelector('autoFilter')?.getAttribute('ref')).toBe(`A1:${column('hash')}3`);
  });

  it('writes a time as a date of the place, numbers as numbers and words as words', async () => {
    const sheet = await sheetOf();
    const serial = Number(cell(sheet, 'B2').text);
    expect(Math.round((serial - 25_569) * 86_400_000)).toBe(at + 8 * 3_600_000);
    expect(cell(sheet, `${column('ageS')}2`)).toEqual({ type: 'n', text: '4' });
    expect(cell(sheet, `${column('state')}2`)).toEqual({ type: 'inlineStr', text: 'Pass' });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '007', '1e5'])(
    'keeps the typed text %j as text, never a formula or a number',
    async (text) => {
      const sheet = await sheetOf(note(text));
      expect(cell(sheet, `${column('note')}2`)).toEqual({ type: 'inlineStr', text });
      expect(sheet.querySelectorAll('f')).toHaveLength(0);
    },
  );

  it('cannot be broken out of by markup, and has no character XML forbids', async () => {
    const sheet = await sheetOf(note('</t></is></c><c><f>1</f></c>&amp;\u0000\u0008'));
    expect(cell(sheet, `${column('note')}2`).text).toBe(
      '</t></is></c><c><f>1</f></c>&amp;\ufffd\ufffd',
    );
    expect(sheet.querySelectorAll('f')).toHaveLength(0);
  });

  it('names the cells that can be filtered once more where LibreOffice and older Excel look', async () => {
    const labels = Object.fromEntries(tableLabels.map((name) => [name, `Gate's ${name}`]));
    const options = { ...words, at, labels: labels as Record<TableLabel, string> };
    const book = strFromU8(
      unzipSync(await logXlsx(await someEntries(3), options))['xl/workbook.xml'] ??
        new Uint8Array(),
    );
    const names = [...new DOMParser().parseFromString(book, 'text/xml').querySelectorAll('*')]
      .filter(({ tagName }) => tagName.toLowerCase() === 'definedname')
      .map((name) => [name.getAttribute('localSheetId'), name.textContent]);
    expect(names).toEqual([
      ['1', "'Gate''s people'!$A$1:$T$4"],
      ['2', "'Gate''s everything'!$A$1:$AT$4"],
    ]);
  });

  it.each([0, -1, 5e12])('is made by a phone whose clock says %i too', async (wrong) => {
    const file = await logXlsx(await someEntries(1), { ...words, at: epochMillis(wrong) });
    expect(Object.keys(unzipSync(file))).toContain('xl/worksheets/sheet1.xml');
  });

  it('has a row for every entry', async () => {
    const file = await logXlsx(await someEntries(1203), { ...words, at });
    const xml = strFromU8(unzipSync(file)['xl/worksheets/sheet3.xml'] ?? new Uint8Array());
    expect(xml.match(/<row /g)).toHaveLength(1204);
    expect(xml).toContain('<row r="1204">');
  });

  it('says in its three sheets: the shift in numbers, one row a person, and every entry', async () => {
    const bodies: EntryBody[] = [
      { type: 'shift-start', operator: '=0012' },
      { type: 'scan', method: 'camera', state: 'unknown', reason: 'not-a-pass' },
      {
        type: 'manual',
        ref: 2,
        category: 'elder',
        admitted: true,
        tail: '0123',
        temperatureC: 36.4,
      },
      { type: 'scan', method: 'camera', state: 'check', reason: 'notice', iss: 'CN-TJ' },
    ];
    const options = { ...words, at, issuerName: (code: string) => `Issuer of ${code}` };
    const files = unzipSync(await logXlsx(unhashed(bodies), options));
    const [summary, people, everything] = [1, 2, 3].map((n) => {
      const xml = strFromU8(files[`xl/worksheets/sheet${n}.xml`] ?? new Uint8Array());
      const sheet = new DOMParser().parseFromString(xml, 'text/xml');
      expect(sheet.querySelectorAll('f')).toHaveLength(0);
      return [...sheet.querySelectorAll('row')].map((row) =>
        [...row.querySelectorAll('c')].map((one) => one.textContent),
      );
    });
    expect(summary).toContainEqual(['[guard]', '=0012']);
    expect(summary).toContainEqual(['people', '2']);
    expect(summary).toContainEqual(['admitted', '1']);
    expect(summary).toContainEqual(['notRecorded', '1']);
    expect(summary).toContainEqual(['check', '0', '0', '1']);
    expect(summary).toContainEqual(['byHand', '1', '0', '0']);
    expect(summary).toContainEqual(['Issuer of CN-TJ', '1']);
    expect(people).toHaveLength(3);
    expect(people?.[1]).toEqual(expect.arrayContaining(['admitted', '36.4', 'elder', '0123']));
    expect(people?.[2]).toEqual(expect.arrayContaining(['not-recorded', 'Issuer of CN-TJ']));
    expect(everything).toHaveLength(5);
    expect(everything?.[4]).toContain('CN-TJ');
  });
});
