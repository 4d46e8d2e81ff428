import { useMemo } from 'react';
import { type TranslateVisits, visitsTranslator } from '../../words/visits.ts';
import { useApp } from '../use-citizen.ts';

/** The words about venue codes, which come with the pages that show them. */
export function useVisitsWords(): TranslateVisits {
  const language = useApp((state) => state.settings.language);
  return useMemo(() => visitsTranslator(language), [language]);
}
