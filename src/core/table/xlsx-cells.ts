import { type Cell, isTime, type TableColumn, type TableWords } from './table.ts';

/** A value under its column, in words where there are any. */
export function cell(
  column: TableColumn,
  i: number,
  r: number,
  value: Cell,
  { format, aheadOfUtc }: TableWords,
): string {
  if (value === undefined) return '';
  if (isTime(column) && typeof value === 'number') return dateCell(i, r, value, { aheadOfUtc });
  const words = format?.(column, value);
  if (words !== undefined) return textCell(i, r, words);
  if (typeof value === 'number') return `<c r="${ref(i, r)}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') {
    return `<c r="${ref(i, r)}" t="b"><v>${value ? 1 : 0}</v></c>`;
  }
  return textCell(i, r, value);
}

/** By the wall clock of the place: days since the end of 1899. */
export function dateCell(
  i: number,
  r: number,
  at: number,
  { aheadOfUtc }: { readonly aheadOfUtc?: TableWords['aheadOfUtc'] | undefined },
): string {
  const serial = (at + (aheadOfUtc?.(at) ?? 0) * 60_000) / 86_400_000 + 25_569;
  return `<c r="${ref(i, r)}" s="1"><v>${serial}</v></c>`;
}

export function textCell(i: number, r: number, text: string, style = 0): string {
  const s = style === 0 ? '' : ` s="${style}"`;
  const space = blankEnds.test(text) ? ' xml:space="preserve"' : '';
  return `<c r="${ref(i, r)}"${s} t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
}
/** Blanks that XML readers may drop. */
const blankEnds = /^\s|\s$|[\t\r\n]/;

export const ref = (i: number, r: number): string => letters(i) + r;

export function letters(i: number): string {
  const letter = String.fromCharCode(65 + (i % 26));
  return i < 26 ? letter : String.fromCharCode(64 + Math.floor(i / 26)) + letter;
}

/** What a cell holds at most, in characters. */
const longest = 32_767;
/** Control characters XML 1.0 cannot hold, escaped or not, and the two that are no characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML text; `_x0041_`, which spreadsheets decode, is kept as it reads. */
export const xmlText = (text: string): string =>
  !unsafe.test(text) && text.length <= longest
    ? text
    : text
        .slice(0, longest)
        .replace(unwritable, '\ufffd')
        .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
        .replace(/[&<>]/g, (character) => entities[character] ?? '');
/** Most texts are none of this and need no look at each character. */
const unsafe = /[^ -~\u3000-\u9fff\uff01-\uff5e]|[&<>_]/;
