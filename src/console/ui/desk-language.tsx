import { LanguagePicker } from '../../parts/language-picker.tsx';
import { languageNames } from '../../words/translator.ts';
import { useConsole, useDesk, useWords } from './use-console.ts';

/** The language of the desk, chosen. */
export function DeskLanguage() {
  const desk = useConsole();
  const language = useDesk((state) => state.language);
  const { t } = useWords();
  return (
    <LanguagePicker
      label={t('app.language')}
      names={languageNames}
      language={language}
      choose={desk.setLanguage}
    />
  );
}
