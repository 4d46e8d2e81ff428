import type { Language } from '../../core/terms.ts';
import { enOutcomes, type OutcomeWords } from './en/outcomes.ts';
import { enReasons, type ReasonWords } from './en/reasons.ts';
import { enStates, type StateWords, zhCnStates, zhTwStates } from './states.ts';
import { zhCnOutcomes } from './zh-CN/outcomes.ts';
import { zhCnReasons } from './zh-CN/reasons.ts';
import { zhTwOutcomes } from './zh-TW/outcomes.ts';
import { zhTwReasons } from './zh-TW/reasons.ts';

/** What the gate calls what stands in its log: verdicts, reasons, outcomes. */
export type LogWords = StateWords & ReasonWords & OutcomeWords;

/** All languages at once, for programs that need not be small. */
export const logWords: Readonly<Record<Language, LogWords>> = {
  en: { ...enStates, ...enReasons, ...enOutcomes },
  'zh-CN': { ...zhCnStates, ...zhCnReasons, ...zhCnOutcomes },
  'zh-TW': { ...zhTwStates, ...zhTwReasons, ...zhTwOutcomes },
};

/** A word of the log by a key put together from what was logged; nothing for what only a later version says. */
export function findLogWord(language: Language, key: string): string | undefined {
  const words: Readonly<Record<string, string>> = logWords[language];
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
