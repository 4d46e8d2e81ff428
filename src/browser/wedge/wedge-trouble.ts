import type { WedgeTrouble } from '../../ports/code-reader.ts';

/** A text this long that begins almost like a pass is one, typed wrongly. */
const passLength = 80;

/** What spoiled a scanned text, or nothing. A text that begins as no pass does is judged as it is. */
export function troubleOf(text: string): WedgeTrouble | undefined {
  if (/^(KK[12]:|eyJ|kakou:)/.test(text)) return undefined;
  if (/^(kk[12]:|EYj|KAKOU:)/.test(text)) return 'wrong-case';
  if (text.length < passLength) return undefined;
  // '1:' of "KK1:" lies elsewhere on other keyboards: KK&M, KK1Ö, KK1;, ＫＫ１：
  if (/^(kk|ＫＫ|ｋｋ)[^a-z]{1,3}/i.test(text)) return 'wrong-layout';
  return undefined;
}
