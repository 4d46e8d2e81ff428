import { describe, expect, it } from 'vitest';
import { visitsCsv } from '../../../src/authority/venues/visits-csv.ts';
import { readCsv } from '../../../src/core/table/read-csv.ts';
import { someone } from '../../support/authority/people.ts';

const visit = (name: string) => ({
  ...{ at: 1_780_279_200, received: 1_780_279_260, withCount: 1, identity: someone(1, name) },
});

describe('visits as a table', () => {
  it.each([
    '=HYPERLINK("http://x.example","看")',
    '+86 张三',
    '-1+1',
    '@SUM(A1:A9)',
    '＝1+1',
    "'张三",
    ' =1',
    '张,三\r\n=1',
    '"张三',
    '<script>alert(1)</script>',
  ])('keep the name %j and give a spreadsheet nothing to work out', (name) => {
    const read = readCsv(visitsCsv([visit('李四'), visit(name)])) ?? [];
    const [, li = [], row = []] = read.map(({ cells }) => cells);
    expect(li[1]).toBe('李四');
    const cell = row[1] ?? '';
    expect(cell).not.toMatch(/^\s*[=+\-@＝]/);
    expect(cell.replace(/^'/, '')).toBe(name);
    expect(row[3]).toBe(`'${someone(1).number}`); // 18 digits, which it would round
    expect(row).toHaveLength(6);
  });

  it('are told by the clock of Shanghai, in lines of their own, after a mark for UTF-8', () => {
    const csv = visitsCsv([visit('李四')]);
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv.split('\r\n')[1]).toMatch(/^2026-06-01 10:00:00,李四,.*,1,2026-06-01 10:01:00$/);
  });
});
