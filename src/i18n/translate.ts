import type { LocalizedText } from '../core/verify/verdict.ts';
import { en, type Key, type Messages } from './en.ts';
import { zhCn } from './zh-CN.ts';
import { zhTw } from './zh-TW.ts';

export type Language = keyof LocalizedText;

export const catalogues: Readonly<Record<Language, Messages>> = {
  'zh-CN': zhCn,
  'zh-TW': zhTw,
  en,
};

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

export function translator(language: Language): Translate {
  const messages = catalogues[language];
  return (key, ...params) => {
    const values: Readonly<Record<string, string | number>> = params[0] ?? {};
    return messages[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}
