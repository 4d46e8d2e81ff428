import { createContext, useContext } from 'react';
import type { DeskScheme } from '../../../core/health/desk-answers.ts';
import { en } from '../../words/en.ts';
import { useDesk, useWords } from '../use-console.ts';

export const SchemeContext = createContext<DeskScheme | undefined>(undefined);

/** What the scheme of this desk calls its states, and whatever else is told by a word of a list. */
export function useScheme() {
  const scheme = useContext(SchemeContext);
  const language = useDesk((state) => state.language);
  const { t } = useWords();
  return {
    stateName: (state: string): string => scheme?.states[state]?.label[language] ?? state,
    levelOf: (state: string) => scheme?.states[state]?.level,
    noticeName: (notice: string): string => scheme?.notices[notice]?.label[language] ?? notice,
    districts: scheme?.districts ?? {},
    districtName: (code: string): string => scheme?.districts[code]?.[language] ?? code,
    /** A word that sources choose: ours where we have one, else theirs. */
    kindName: (kind: string): string =>
      Object.hasOwn(en, `kind.${kind}`) ? t(`kind.${kind}` as 'kind.test') : kind,
  };
}

/** Epoch seconds, as the issuing side tells what is signed or comes of a source. */
export const millis = (seconds: number): number => seconds * 1000;
