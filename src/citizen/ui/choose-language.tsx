import { LanguagePicker } from '../../parts/language-picker.tsx';
import { languageNames } from '../../words/translator.ts';
import { useApp, useCitizen, useWords } from './use-citizen.ts';

/** The language of the page, chosen. */
export function ChooseLanguage() {
  const { settings } = useCitizen();
  const language = useApp((state) => state.settings.language);
  const { t } = useWords();
  return (
    <LanguagePicker
      label={t('app.language')}
      names={languageNames}
      language={language}
      choose={(chosen) => settings.choose({ language: chosen })}
    />
  );
}
