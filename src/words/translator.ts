import type { Language } from '../core/terms.ts';

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
type Params<Text extends string> = [Placeholder<Text>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholder<Text>, string | number>>];

/**
 * Looks a text up and fills in its placeholders. `Words` are those of the language that sets the
 * keys, as written (`as const`): a missing or extra placeholder does not compile.
 */
export type TranslatorOf<Words extends Readonly<Record<string, string>>> = <
  K extends keyof Words & string,
>(
  key: K,
  ...params: Params<Words[K]>
) => string;

/** A translator over a program's words; a key that is not there is shown as it is. */
export function translatorOf<Words extends Readonly<Record<string, string>>>(
  messages: Readonly<Partial<Record<keyof Words & string, string>>>,
): TranslatorOf<Words> {
  return (key, ...params) => {
    const values: Readonly<Record<string, string | number>> = params[0] ?? {};
    return (messages[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}
