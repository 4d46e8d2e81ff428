import type { Language } from '../../core/terms.ts';
import { type TranslatorOf, translatorOf } from '../../words/translator.ts';
import { en, type Messages } from './en.ts';
import { zhCn } from './zh-CN.ts';
import { zhTw } from './zh-TW.ts';

export type Translate = TranslatorOf<typeof en>;

/** All three at once: a desk is on a network, and changes its language by a button. */
const messages: Readonly<Record<Language, Messages>> = { en, 'zh-CN': zhCn, 'zh-TW': zhTw };

export const translator = (language: Language): Translate =>
  translatorOf<typeof en>(messages[language]);
