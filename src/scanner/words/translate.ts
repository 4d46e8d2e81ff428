import type { Language } from '../../core/terms.ts';
import { type TranslatorOf, translatorOf } from '../../words/translator.ts';
import type { en, Messages } from './en/first.ts';
import { zhCn } from './zh-CN/first.ts';

/** The first words of one language are always there; all others are loaded when they are wanted. */
const chinese: Partial<Messages> = { ...zhCn };
const loaded: Partial<Record<Language, Partial<Messages>>> = { 'zh-CN': chinese };

/** Loads a language's words. Resolves at once when they are there already. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'zh-TW') loaded['zh-TW'] ??= (await import('./zh-TW/first.ts')).zhTw;
  if (language === 'en') loaded.en ??= (await import('./en/first.ts')).en;
}

/** Loads the words of the screens that open over the camera, for the one language that comes without. */
export async function loadScreenWords(): Promise<void> {
  Object.assign(chinese, (await import('./zh-CN/screens.ts')).zhCnScreens);
}

/** For development: `change` bends the words of a loaded language, as pseudo.ts does. */
export function bendWords(language: Language, change: (words: Messages) => Messages): void {
  const words = loaded[language];
  if (words) loaded[language] = change(words as Messages);
}

/** Looks a text of the scanner up and fills in its placeholders. */
export type Translate = TranslatorOf<typeof en>;

export const isLoaded = (language: Language): boolean => loaded[language] !== undefined;

/** Words in a language loaded before; simplified Chinese where it was not. */
export const translator = (language: Language): Translate =>
  translatorOf<typeof en>(loaded[language] ?? chinese);
