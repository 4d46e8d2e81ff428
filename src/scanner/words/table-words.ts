import type { TableWords } from '../../core/table/table.ts';
import type { Language } from '../../core/terms.ts';
import { tableWordsOf } from '../../words/log/table-words.ts';
import { loadLanguage, loadScreenWords, translator } from './translate.ts';

/** Headings and words of the exported log in a language; times by the wall clock of this phone. */
export async function tableWords(language: Language): Promise<TableWords> {
  await loadLanguage(language);
  if (language === 'zh-CN') await loadScreenWords();
  const t = translator(language);
  return {
    ...tableWordsOf(language, (key) => {
      const words = t(key as 'state.pass');
      return words === key ? undefined : words;
    }),
    aheadOfUtc: (at) => -new Date(at).getTimezoneOffset(),
  };
}
