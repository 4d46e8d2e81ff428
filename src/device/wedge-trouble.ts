/**
 * Why a hardware scanner's text cannot be used, so that the guard can be told what to set:
 * `alt-codes`: it types Alt+number combinations; `wrong-case`: Caps Lock is on, or its own case
 * setting; `wrong-layout`: its keyboard country differs from the phone's; `input-method`: an input
 * method (pinyin …) is catching its keys.
 */
export type WedgeTrouble = 'alt-codes' | 'wrong-case' | 'wrong-layout' | 'input-method';

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
