import { limits } from '../limits.ts';
import { isClaimText } from '../pass/claim-text.ts';

const letters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Characters as people count them, so that no half of one is left. */
const lettersOf = (text: string): string[] =>
  [...letters.segment(text)].map(({ segment }) => segment);

const isLatin = (name: string): boolean => !/\p{Script=Han}/u.test(name);

/**
 * A name as a guard may see it: of a Chinese one the first and the last character (张*三, 李*), of
 * another one the first letter of each part and its last one. Never the whole, however short it is,
 * and never longer than a pass can hold.
 */
export function maskName(name: string): string {
  const plain = name.normalize('NFC').trim();
  const masked = isLatin(plain)
    ? plain.split(/\s+/).slice(0, 4).map(maskWord).join(' ')
    : maskHan(lettersOf(plain));
  return isClaimText(masked, limits.maskedNameBytes) ? masked : '***';
}

function maskHan([first = '', ...rest]: readonly string[]): string {
  const last = rest.length > 1 ? (rest.at(-1) ?? '') : '';
  return rest.length === 0 ? '*' : `${first}*${last}`;
}

function maskWord(word: string): string {
  const [first = '', ...rest] = lettersOf(word);
  if (rest.length === 0) return '*';
  return `${first}***${rest.length > 2 ? (rest.at(-1) ?? '') : ''}`;
}

/** A number as a guard may see it: its first and last two characters, 12…2X. */
export const maskNumber = (number: string): string =>
  number.length < 7 ? `…${number.slice(-1)}` : `${number.slice(0, 2)}…${number.slice(-2)}`;
