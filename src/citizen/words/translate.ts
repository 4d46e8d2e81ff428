import type { Language } from '../../core/terms.ts';
import { type TranslatorOf, translatorOf } from '../../words/translator.ts';
import { en, type Messages } from './en.ts';
import { zhCn } from './zh-CN.ts';
import { zhTw } from './zh-TW.ts';

export type Translate = TranslatorOf<typeof en>;

/** All three at once: they are small, and the language is changed without a network too. */
const messages: Readonly<Record<Language, Messages>> = { en, 'zh-CN': zhCn, 'zh-TW': zhTw };

export const translator = (language: Language): Translate =>
  translatorOf<typeof en>(messages[language]);
