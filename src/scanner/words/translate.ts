import type { LocalizedText } from '../../core/terms.ts';
import type { en, Key, Messages } from './en/first.ts';
import { zhCn } from './zh-CN/first.ts';

export type Language = keyof LocalizedText;

/** The first words of one language are always there; all others are loaded when they are wanted. */
const chinese: Partial<Messages> = { ...zhCn };
const loaded: Partial<Record<Language, Partial<Messages>>> = { 'zh-CN': chinese };

/** Loads a language's words. Resolves at once when they are there already. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'zh-TW') loaded['zh-TW'] ??= (await import('./zh-TW/first.ts')).zhTw;
  if (language === 'en') loaded.en ??= (await import('./en/first.ts')).en;
}

/** Loads the words of the screens that open over the camera, for the one language that comes without. */
export async function loadLateWords(): Promise<void> {
  Object.assign(chinese, (await import('./zh-CN/screens.ts')).zhCnLate);
}

/** For development: `change` bends the words of a loaded language, as pseudo.ts does. */
export function bendWords(language: Language, change: (words: Messages) => Messages): void {
  const words = loaded[language];
  if (words) loaded[language] = change(words as Messages);
}

/** Each language under its own name. */
export const languageNames: Readonly<Record<Language, string>> = {
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
};

/** The names between braces in a text. */
type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;
type Params<K extends Key> = [Placeholder<(typeof en)[K]>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholder<(typeof en)[K]>, string | number>>];

/** Looks a text up and fills in its placeholders; a missing or extra one does not compile. */
export type Translate = <K extends Key>(key: K, ...params: Params<K>) => string;

export const isLoaded = (language: Language): boolean => loaded[language] !== undefined;

/** Words in a language loaded before; simplified Chinese where it was not. */
export function translator(language: Language): Translate {
  const messages = loaded[language] ?? chinese;
  return (key, ...params) => {
    const values: Readonly<Record<string, string | number>> = params[0] ?? {};
    return (messages[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}
