import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { promisify } from 'node:util';

/** LibreOffice's program on this machine. */
export function officeBin(): string | undefined {
  const folders = ['/usr/bin', '/usr/local/bin', '/Applications/LibreOffice.app/Contents/MacOS'];
  const bins = [process.env['SOFFICE_PATH'] ?? '', ...folders.map((one) => join(one, 'soffice'))];
  return bins.find((bin) => bin !== '' && existsSync(bin));
}

/** What LibreOffice made of a cell: its own type, what it shows, and what it would compute. */
export interface OfficeCell {
  readonly type: string;
  readonly value: string;
  readonly text: string;
  readonly formula?: string;
}
export interface OfficeSheet {
  readonly name: string;
  readonly rows: readonly (readonly (OfficeCell | undefined)[])[];
  /** The cells its filter buttons are for. */
  readonly filtered?: string;
}

/** UTF-8, commas, quotes; Chinese; quoted cells looked at too, and all taken for numbers and dates that could be: as Excel does. */
const csvAsExcel = 'Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true';

/** Opens files (all workbooks, or all CSV) by one start of LibreOffice; the sheets of each as it holds them. */
export async function openByOffice(
  bin: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<ReadonlyMap<string, readonly OfficeSheet[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-office-'));
  try {
    const names = Object.keys(files);
    for (const name of names) writeFileSync(join(folder, name), files[name] ?? '');
    const out = join(folder, 'out');
    mkdirSync(out);
    const csv = names.every((name) => name.endsWith('.csv'));
    await promisify(execFile)(
      bin,
      [
        `-env:UserInstallation=file://${join(folder, 'profile')}`,
        '--headless',
        ...(csv ? [`--infilter=${csvAsExcel}`] : []),
        ...['--convert-to', 'fods', '--outdir', out],
        ...names.map((name) => join(folder, name)),
      ],
      { cwd: folder, env: { ...process.env, HOME: folder, TZ: 'UTC', LC_ALL: 'C.UTF-8' } },
    );
    const held = names.map((name): [string, readonly OfficeSheet[]] => [
      name,
      sheetsOf(readFileSync(join(out, `${parse(name).name}.fods`), 'utf8')),
    ]);
    return new Map(held);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const token =
  /<table:table table:name="([^"]*)"|<table:table-row([^>]*)>|<table:table-cell((?:"[^"]*"|[^">])*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs;

/** The sheets of a flat OpenDocument file, which is what LibreOffice has in memory, written down. */
function sheetsOf(xml: string): OfficeSheet[] {
  const sheets: { name: string; rows: (OfficeCell | undefined)[][] }[] = [];
  for (const [, name, row, cell, content = ''] of xml.matchAll(token)) {
    if (name !== undefined) sheets.push({ name: plain(name), rows: [] });
    else if (row !== undefined) sheets.at(-1)?.rows.push([]);
    else
      sheets
        .at(-1)
        ?.rows.at(-1)
        ?.push(...cellsOf(cell ?? '', content));
  }
  return sheets.map(({ name, rows }) => {
    const filtered = filters(xml).find(({ sheet }) => sheet === name)?.cells;
    return { name, rows: rows.filter((row) => row.some(Boolean)), ...(filtered && { filtered }) };
  });
}

function cellsOf(attributes: string, content: string): (OfficeCell | undefined)[] {
  const of = (name: string) => {
    const found = new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
    return found === undefined ? undefined : plain(found);
  };
  const times = Number(of('table:number-columns-repeated') ?? 1);
  const type = of('office:value-type');
  if (type === undefined) return times > 200 ? [] : Array(times).fill(undefined);
  const formula = of('table:formula');
  const value = of('office:value') ?? of('office:date-value') ?? of('office:boolean-value') ?? '';
  const cell = { type, value, text: textOf(content), ...(formula !== undefined && { formula }) };
  return Array(times).fill(cell);
}

const textOf = (content: string): string =>
  [...content.matchAll(/<text:p>(.*?)<\/text:p>|<text:p\/>/gs)]
    .map(([, line = '']) =>
      plain(
        line
          .replace(/<text:tab\/>/g, '\t')
          .replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, n = '1') => ' '.repeat(Number(n)))
          .replace(/<text:line-break\/>/g, '\n')
          .replace(/<[^>]*>/g, ''),
      ),
    )
    .join('\n');

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const plain = (xml: string): string =>
  xml.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (_, decimal, hex, name) =>
    name
      ? (entities[name] ?? '')
      : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)),
  );

const filters = (xml: string) =>
  [...xml.matchAll(/<table:database-range ([^>]*)>/g)]
    .filter(([, attributes = '']) => attributes.includes('table:display-filter-buttons="true"'))
    .map(([, attributes = '']) => {
      const range = plain(/target-range-address="([^"]*)"/.exec(attributes)?.[1] ?? '');
      const [, sheet, cells] = /^\$?'?(.*?)'?\.([A-Z\d]+:).*?\.?([A-Z\d]+)$/.exec(range) ?? [];
      return { sheet, cells: `${cells}${/([A-Z]+\d+)$/.exec(range)?.[1] ?? ''}` };
    });
