import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/core/table/read-csv.ts';

const cells = (text: string) => readCsv(text)?.map((record) => record.cells);

describe('reading a CSV', () => {
  it.each([
    ['', []],
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\uFEFFa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,\n,b\n,',
      [
        ['a', ''],
        ['', 'b'],
        ['', ''],
      ],
    ],
    ['"东门, ""旧""\r\n侧",x\n', [['东门, "旧"\r\n侧', 'x']]],
    ['""\n', [['']]],
    ['a\n\n\r\nb\n', [['a'], ['b']]],
    [' a , b ', [[' a ', ' b ']]],
  ])('%j gives its cells', (text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  it.each(['"a', 'a"b', '"a"b', 'a\rb'])('%j is no CSV', (text) => {
    expect(readCsv(text)).toBeUndefined();
  });

  it('says at which line each record begins, those of several lines and blank ones counted', () => {
    expect(readCsv('a\n\n"b\nc"\nd')?.map(({ line }) => line)).toEqual([1, 3, 5]);
  });
});
