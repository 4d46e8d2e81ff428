import type { Language } from '../../core/terms.ts';
import { type TranslatorOf, translatorOf } from '../../words/translator.ts';
import { visits as en, type VisitsMessages } from './en/visits.ts';
import { visits as zhCn } from './zh-CN/visits.ts';
import { visits as zhTw } from './zh-TW/visits.ts';

export type TranslateVisits = TranslatorOf<typeof en>;

export const visitsMessages: Readonly<Record<Language, VisitsMessages>> = {
  en,
  'zh-CN': zhCn,
  'zh-TW': zhTw,
};

/** Apart from the other words: only who scans, looks back or applies needs them. */
export const visitsTranslator = (language: Language): TranslateVisits =>
  translatorOf<typeof en>(visitsMessages[language]);
