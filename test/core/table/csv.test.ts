import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../../../src/core/bytes.ts';
import { type EntryBody, emptyHead } from '../../../src/core/log/entry.ts';
import { logCsv } from '../../../src/core/table/csv.ts';
import { tableColumns } from '../../../src/core/table/table.ts';
import { headers, someEntries, someScan } from '../../support/log-entries.ts';

const csvText = async (...all: Parameters<typeof logCsv>) => fromUtf8(await logCsv(...all)) ?? '';
const csvOf = async (body: EntryBody) =>
  csvText(await someEntries(1, 'device-1', emptyHead, body), { headers });
const note = (text: string): EntryBody => ({
  type: 'manual',
  category: 'visitor',
  admitted: false,
  note: text,
});

describe('the log as CSV (RFC 4180)', () => {
  it('starts with a BOM and a header line, ends every line with CRLF, one line per entry', async () => {
    const csv = await csvText(await someEntries(3), { headers });
    expect(csv.startsWith('\uFEFF[seq],[at],')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(5);
    expect(csv.endsWith('\r\n')).toBe(true);
  });

  it('gives every line as many cells as there are columns', async () => {
    const [head, line] = (await csvOf(someScan)).split('\r\n');
    expect(head?.split(',')).toHaveLength(tableColumns.length);
    expect(line?.split(',')).toHaveLength(tableColumns.length);
    expect(line).toMatch(/^1,2022-03-01 08:00:00,scan,,pass,admitted,in,true,/);
    expect(line).toContain(
      ',synced,UTC+00:00,2022-03-01T08:00:00.000Z,demo-gate,shift-1,device-1,',
    );
  });

  it('quotes commas, quotes and line breaks', async () => {
    expect(await csvOf(note('a,"b"\r\nc'))).toContain(',"a,""b""\r\nc",');
  });

  it.each([
    '=1+1',
    '+86',
    '-2',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '＝1+1',
    '＠SUM(A1)',
    ' =1+1',
    '﹦1',
  ])('lets a spreadsheet run no formula from a text such as %j', async (text) => {
    const csv = await csvOf(note(text));
    expect(csv).toContain(`'${text}`);
    expect(csv).not.toContain(`,${text}`);
  });

  it('keeps a negative number a number', async () => {
    expect(await csvOf({ ...someScan, ageS: -3 } as EntryBody)).toContain(',-3,');
  });

  it('lets the caller put values into words', async () => {
    const csv = await csvText(await someEntries(1), {
      headers,
      format: (column, value) => (column === 'finalState' && value === 'pass' ? '通行' : undefined),
    });
    expect(csv).toContain(',scan,,通行,admitted,');
  });

  it.each([
    '0012',
    '0123',
    '1e5',
    '1-2',
    '3/4',
    '12:30',
    '123456789012',
    "'0012",
    '0.1.0',
    '０１２',
    '１２',
    '½',
    '￥5',
    'TRUE',
    '5 Jan',
    'MAR1',
    '8:30 pm',
    '3月1日',
  ])(
    'keeps %j as it is in a spreadsheet, and a reader that drops one apostrophe has it exactly',
    async (text) => {
      const [head, line] = (await csvOf(note(text))).slice(1).split('\r\n');
      const cell = line?.split(',')[head?.split(',').indexOf('[note]') ?? -1];
      expect(cell).toBe(`'${text}`);
    },
  );

  it('gives no apostrophe to what a spreadsheet shows as it is', async () => {
    expect(await csvOf(note('12'))).toContain(',12,');
    expect(await csvOf(note('123X'))).toContain(',123X,');
    expect(await csvOf(note('A1'))).toContain(',A1,');
    expect(await csvOf(note('3号门'))).toContain(',3号门,');
  });
});
