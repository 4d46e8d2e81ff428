import { unzipSync } from 'fflate';
import { fromUtf8 } from '../../../core/bytes.ts';
import type { CsvRecord } from '../../../core/table/read-csv.ts';

/** Bytes of one part of a workbook, unpacked: 50 KB of zeros become 50 MB. */
const mostUnpacked = 8 * 1024 * 1024;
const mostCells = 20_000;

const wanted = /^xl\/(sharedStrings\.xml|worksheets\/sheet1\.xml)$/;

/**
 * The rows of a workbook's first sheet (ISO/IEC 29500 part 1, 18.3) as texts; undefined for what is
 * none, or unpacks to more than a table of gates ever has. Formulas count as what they came to.
 */
export function readXlsx(file: Uint8Array): CsvRecord[] | undefined {
  const parts = unpacked(file);
  const sheet = parts && text(parts['xl/worksheets/sheet1.xml']);
  if (!parts || sheet === undefined || /<!(?:DOCTYPE|ENTITY)/i.test(sheet)) return undefined;
  const shared = [...(text(parts['xl/sharedStrings.xml']) ?? '').matchAll(/<si\b.*?<\/si>/gs)].map(
    ([item]) => textsIn(item),
  );
  const records: CsvRecord[] = [];
  let count = 0;
  for (const [, attributes = '', content = ''] of sheet.matchAll(/<row\b([^>]*)>(.*?)<\/row>/gs)) {
    const line = Number(/\br="(\d{1,7})"/.exec(attributes)?.[1] ?? records.length + 1);
    const cells: string[] = [];
    for (const [, about = '', inner = ''] of content.matchAll(
      /<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
    )) {
      const column = columnOf(/\br="([A-Z]{1,3})\d+"/.exec(about)?.[1]) ?? cells.length;
      count++;
      if (count > mostCells || column > 200) return undefined;
      cells[column] = cellText(about, inner, shared);
    }
    if (cells.some((cell) => cell?.trim()))
      records.push({ line, cells: Array.from(cells, (cell) => cell ?? '') });
  }
  return records;
}

function unpacked(file: Uint8Array): Readonly<Record<string, Uint8Array>> | undefined {
  try {
    return unzipSync(file, {
      filter: ({ name, originalSize }) => wanted.test(name) && originalSize <= mostUnpacked,
    });
  } catch {
    return undefined;
  }
}

const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && bytes.length <= mostUnpacked ? fromUtf8(bytes) : undefined;

function cellText(about: string, inner: string, shared: readonly string[]): string {
  const type = /\bt="(\w+)"/.exec(about)?.[1];
  if (type === 'inlineStr') return textsIn(inner);
  const value = plain(/<v\b[^>]*>(.*?)<\/v>/s.exec(inner)?.[1] ?? '');
  return type === 's' ? (shared[Number(value)] ?? '') : value;
}

/** `<t>` texts one after the other, without how they are said (`<rPh>`). */
const textsIn = (xml: string): string =>
  [...xml.replaceAll(/<rPh\b.*?<\/rPh>/gs, '').matchAll(/<t\b[^>]*?(?:\/>|>(.*?)<\/t>)/gs)]
    .map(([, inner = '']) => plain(inner))
    .join('');

const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
};

const plain = (xml: string): string =>
  xml.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    const code = Number(name[1]?.toLowerCase() === 'x' ? `0x${name.slice(2)}` : name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

/** `A` → 0, `AB` → 27. */
const columnOf = (letters: string | undefined): number | undefined =>
  letters === undefined
    ? undefined
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
