import type { Translate } from '../../i18n/translate.ts';
import { useWords, wordsOf } from '../use-ui.ts';
import css from './bilingual.module.css';

/** A text in the chosen language with the other one, Chinese or English, smaller beneath. */
export function Bilingual({ text }: { text: (t: Translate) => string }) {
  const words = useWords();
  const other = wordsOf(words.language === 'en' ? 'zh-CN' : 'en');
  return (
    <>
      <span className={css['first']}>{text(words.t)}</span>
      <span className={css['second']} lang={other.language}>
        {text(other.t)}
      </span>
    </>
  );
}
