import { beforeAll, describe, expect, it } from 'vitest';
import type { EntryBody, LogEntry } from '../../../src/core/log/entry.ts';
import { logCsv } from '../../../src/core/table/csv.ts';
import {
  type Cell,
  peopleColumns,
  peopleRows,
  type Row,
  type TableColumn,
  type TableWords,
  tableColumns,
  tableRows,
  wallTime,
} from '../../../src/core/table/table.ts';
import { logXlsx } from '../../../src/core/table/xlsx.ts';
import type { Language } from '../../../src/core/terms.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { tableWords } from '../../../src/scanner/words/table-words.ts';
import { unhashed } from '../../support/entry-sequences.ts';
import {
  type OfficeCell,
  type OfficeSheet,
  officeBin,
  openByOffice,
} from '../../support/office.ts';

const languages: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];

/** What a spreadsheet would compute, or take for a number, a date or a truth it is not; and names. */
const nasty = [
  ...[
    '=1+1',
    '+86',
    '-2',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '＝1+1',
    '=HYPERLINK("http://x","y")',
    '=#REF!',
  ],
  ...[
    '0012',
    '007',
    '０１２',
    '１２',
    '1e5',
    '1-2',
    '3/4',
    '1 1/2',
    '½',
    '12:30',
    '2022-03-01',
    '50%',
  ],
  ...[
    '$5',
    '￥5',
    '¥1',
    '1,234',
    '123456789012',
    "'0012",
    '0.1.0',
    'TRUE',
    'false',
    '#REF!',
    'NULL',
  ],
  ...[
    'MAR1',
    'Jan 5',
    '5 Jan',
    '1 March',
    '3月1日',
    '2022年3月1日',
    '上午8点',
    '8:30 pm',
    '12',
    '0',
  ],
  ...['李雷', '陳麗華', 'Zoë O’Neil-Smith', 'ئالىم', '👮', 'a,"b"', 'two\nlines', '<b>&amp;</b>'],
];

const by = (text: string): EntryBody[] => [
  { type: 'shift-start', operator: text },
  { type: 'scan', method: 'camera', state: 'unknown', reason: 'not-a-pass' },
  { type: 'manual', category: 'elder', admitted: true, tail: text, note: text, temperatureC: 36.4 },
];
const few = nasty.flatMap((text, i) =>
  unhashed(by(text), `s${i}`).map((entry, n) => ({
    ...entry,
    seq: 3 * i + n + 1,
    at: epochMillis(entry.at + i * 7_200_000 + 1000),
    ...(entry.type === 'manual' && { ref: 3 * i + 2 }),
  })),
);
const many = unhashed([
  { type: 'shift-start', operator: '0012' },
  ...Array.from({ length: 5000 }, (_, i): EntryBody => {
    const [admitted, tail] = [i % 7 > 0, String(i).padStart(4, '0')];
    return { type: 'manual', category: 'other', admitted, tail, temperatureC: 36 + (i % 25) / 10 };
  }),
]);

const words = async (language: Language): Promise<TableWords> => ({
  ...(await tableWords(language)),
  aheadOfUtc: () => 480,
});
const at = epochMillis(1_646_121_600_000);

const bins = [officeBin()].flatMap((bin) => bin ?? []);

it(`LibreOffice is ${bins[0] ?? 'not on this machine (Debian: libreoffice-calc): no table was opened by it'}`, () => {
  expect(bins.length, 'a machine of .ci/run has it').toBeGreaterThanOrEqual(
    process.env['CI'] ? 1 : 0,
  );
});

describe.each(bins)('LibreOffice (%s) opens the tables', (bin) => {
  let books: ReadonlyMap<string, readonly OfficeSheet[]>;
  let texts: ReadonlyMap<string, readonly OfficeSheet[]>;
  const cases: {
    name: string;
    language: Language;
    entries: readonly LogEntry[];
  }[] = [
    ...languages.map((language) => ({ name: `few-${language}`, language, entries: few })),
    { name: 'many', language: 'zh-CN', entries: many },
  ];

  beforeAll(async () => {
    const xlsx: Record<string, Uint8Array> = {};
    const csv: Record<string, Uint8Array> = {};
    for (const { name, language, entries } of cases) {
      const said = await words(language);
      xlsx[`${name}.xlsx`] = await logXlsx(entries, { ...said, at });
      csv[`${name}.csv`] = await logCsv(entries, said);
    }
    books = await openByOffice(bin, xlsx);
    texts = await openByOffice(bin, csv);
  });

  it.each(cases)(
    '$name as a workbook: three sheets in the words of the language, the long ones with filter buttons',
    async ({ name, language, entries }) => {
      const sheets = books.get(`${name}.xlsx`) ?? [];
      const { labels } = await words(language);
      expect(sheets.map((sheet) => sheet.name)).toEqual([
        labels?.summary,
        labels?.people,
        labels?.everything,
      ]);
      const people = entries.filter(({ type }) => type === 'manual').length;
      expect(sheets.map(({ filtered }) => filtered)).toEqual([
        undefined,
        `A1:T${people + 1}`,
        `A1:AT${entries.length + 1}`,
      ]);
    },
  );

  it.each(cases)(
    '$name as a workbook: every cell of both lists is what it was, in its own type',
    async ({ name, language, entries }) => {
      const [, people, everything] = books.get(`${name}.xlsx`) ?? [];
      const said = await words(language);
      const find = (rows: Iterable<Row>, columns: readonly TableColumn[], sheet?: OfficeSheet) =>
        differences([...rows], columns, said, sheet, exact);
      expect(find(peopleRows(entries, said), peopleColumns, people)).toEqual([]);
      expect(find(tableRows(entries, said), tableColumns, everything)).toEqual([]);
    },
  );

  it.each(cases)(
    '$name as CSV: taken for numbers and dates wherever it can be, no text is changed',
    async ({ name, language, entries }) => {
      const [sheet] = texts.get(`${name}.csv`) ?? [];
      const said = await words(language);
      const rows = [...tableRows(entries, said)];
      expect(differences(rows, tableColumns, said, sheet, butApostrophe)).toEqual([]);
    },
  );

  it('no cell of any of them is computed', () => {
    const sheets = [...books.values(), ...texts.values()].flat();
    const cells = sheets.flatMap(({ rows }) => rows.flat());
    expect(cells.length).toBeGreaterThan(200_000);
    expect(cells.filter((cell) => cell?.formula !== undefined)).toEqual([]);
  });

  it('the summary counts with numbers that can be summed, its times are dates', async () => {
    const { labels } = await words('zh-CN');
    const [summary] = books.get('many.xlsx') ?? [];
    const of = (label?: string) => summary?.rows.find(([first]) => first?.text === label)?.[1];
    expect(of(labels?.people)).toMatchObject({ type: 'float', value: '5000' });
    expect(of(labels?.admitted)).toMatchObject({ type: 'float', value: '4285' });
    expect(of(labels?.refused)).toMatchObject({ type: 'float', value: '715' });
    const [first] = many;
    const from = wallTime(first?.at ?? 0, { ...(await words('zh-CN')) });
    expect(of(labels?.from)).toMatchObject({ type: 'date', text: from });
    const hours = summary?.rows.slice(
      summary.rows.findIndex(([a]) => a?.text === labels?.hour) + 1,
    );
    expect(new Set(hours?.map(([hour]) => hour?.type))).toEqual(new Set(['date']));
  });
});

/** A text reads the same, whichever way the lines in it are broken. */
const exact = (wanted: string, cell: OfficeCell | undefined): boolean =>
  cell?.type === 'string' && cell.text === wanted;

/** As text, with or without the one apostrophe; or as a number that shows the very same digits. */
const butApostrophe = (wanted: string, cell: OfficeCell | undefined): boolean =>
  cell?.type === 'string'
    ? cell.text === wanted || cell.text === `'${wanted}`
    : cell?.type === 'float' && cell.text === wanted && cell.value === wanted;

/** Cells that are not what the table says: row, column, wanted, found. */
function differences(
  rows: readonly Row[],
  columns: readonly TableColumn[],
  said: TableWords,
  sheet: OfficeSheet | undefined,
  sameText: (wanted: string, cell: OfficeCell | undefined) => boolean,
): unknown[] {
  const [head, ...lines] = sheet?.rows ?? [];
  const wrong: unknown[] = columns.flatMap((column, i) =>
    head?.[i]?.text === said.headers[column] ? [] : [['header', column, head?.[i]?.text]],
  );
  if (lines.length !== rows.length) wrong.push(['rows', rows.length, lines.length]);
  const same = (column: TableColumn, value: Cell, cell: OfficeCell | undefined): boolean => {
    if (value === undefined) return cell === undefined;
    if (column === 'at')
      return cell?.type === 'date' && cell.text === wallTime(Number(value), said);
    // an ISO time with its zone is a time or a text, and reads the same
    if (column === 'utc') return cell?.text === value;
    const text = said.format?.(column, value) ?? value;
    if (typeof text === 'number') return cell?.type === 'float' && Number(cell.value) === text;
    return sameText(String(text), cell);
  };
  for (const [r, row] of rows.entries()) {
    for (const [i, column] of columns.entries()) {
      const cell = lines[r]?.[i];
      if (!same(column, row[column], cell)) wrong.push([r, column, row[column], cell]);
    }
  }
  return wrong.slice(0, 20);
}
