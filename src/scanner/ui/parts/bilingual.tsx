import { useEffect, useState } from 'react';
import type { Language } from '../../../core/terms.ts';
import { isLoaded, loadLanguage, type Translate } from '../../words/translate.ts';
import { useWords, wordsOf } from '../use-ui.ts';
import css from './bilingual.module.css';

/** A text in the chosen language with the other one, Chinese or English, smaller beneath. */
export function Bilingual({ text }: { text: (t: Translate) => string }) {
  const words = useWords();
  const other = words.language === 'en' ? 'zh-CN' : 'en';
  const hasOther = useLanguage(other);
  return (
    <>
      <span className={css['first']}>{text(words.t)}</span>
      {hasOther && (
        <span className={css['second']} lang={other}>
          {text(wordsOf(other).t)}
        </span>
      )}
    </>
  );
}

/** Loads a language and tells when it is there; without it the first one has to do. */
function useLanguage(language: Language): boolean {
  const [, setLoads] = useState(0);
  useEffect(() => {
    if (isLoaded(language)) return;
    loadLanguage(language).then(
      () => setLoads((loads) => loads + 1),
      () => undefined,
    );
  }, [language]);
  return isLoaded(language);
}
