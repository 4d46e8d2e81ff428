import type { LocalizedText } from '../core/verify/verdict.ts';
import type { en, Key, Messages } from './en.ts';
import { zhCn } from './zh-CN.ts';

export type Language = keyof LocalizedText;

/** One language is always there; the others are loaded when they are wanted. */
const loaded: Partial<Record<Language, Messages>> & { 'zh-CN': Messages } = { 'zh-CN': zhCn };

/** Loads a language's words. Resolves at once when they are there already. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'zh-TW') loaded['zh-TW'] ??= (await import('./zh-TW.ts')).zhTw;
  if (language === 'en') loaded.en ??= (await import('./en.ts')).en;
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
  const messages = loaded[language] ?? loaded['zh-CN'];
  return (key, ...params) => {
    const values: Readonly<Record<string, string | number>> = params[0] ?? {};
    return messages[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}
