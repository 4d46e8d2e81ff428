import { describe, expect, it } from 'vitest';
import { type EntryBody, emptyHead } from '../../../src/core/log/entry.ts';
import { logCsv } from '../../../src/core/table/csv.ts';
import { tableColumns } from '../../../src/core/table/table.ts';
import { headers, someEntries, someScan } from '../../support/log-entries.ts';

const csvOf = async (body: EntryBody) =>
  logCsv(await someEntries(1, 'device-1', emptyHead, body), { headers });
const note = (text: string): EntryBody => ({
  type: 'manual',
  category: 'visitor',
  admitted: false,
  note: text,
});

describe('the log as CSV (RFC 4180)', () => {
  it('starts with a BOM and a header line, ends every line with CRLF, one line per entry', async () => {
    const csv = logCsv(await someEntries(3), { headers });
    expect(csv.startsWith('\uFEFF[seq],[at],')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(5);
    expect(csv.endsWith('\r\n')).toBe(true);
  });

  it('gives every line as many cells as there are columns', async () => {
    const [head, line] = (await csvOf(someScan)).split('\r\n');
    expect(head?.split(',')).toHaveLength(tableColumns.length);
    expect(line?.split(',')).toHaveLength(tableColumns.length);
    expect(line).toMatch(/^1,2022-03-01 08:00:00,scan,,pass,admitted,true,/);
    expect(line).toContain(
      ',synced,UTC+00:00,2022-03-01T08:00:00.000Z,demo-gate,shift-1,device-1,',
    );
  });

  it('quotes commas, quotes and line breaks', async () => {
    expect(await csvOf(note('a,"b"\r\nc'))).toContain(',"a,""b""\r\nc",');
  });

  it.each(['=1+1', '+86', '-2', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1+1', '＠SUM(A1)'])(
    'lets a spreadsheet run no formula from a text such as %j',
    async (text) => {
      const csv = await csvOf(note(text));
      expect(csv).toContain(`'${text}`);
      expect(csv).not.toContain(`,${text}`);
    },
  );

  it('keeps a negative number a number', async () => {
    expect(await csvOf({ ...someScan, ageS: -3 } as EntryBody)).toContain(',-3,');
  });

  it('lets the caller put values into words', async () => {
    const csv = logCsv(await someEntries(1), {
      headers,
      format: (column, value) => (column === 'finalState' && value === 'pass' ? '通行' : undefined),
    });
    expect(csv).toContain(',scan,,通行,admitted,');
  });
});
