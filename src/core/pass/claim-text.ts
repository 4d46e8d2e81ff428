import { utf8Length } from '../bytes.ts';

/**
 * What no text of a pass may hold: control and format characters (bidi overrides, zero width), line
 * and paragraph separators, and other characters nobody sees but variation selectors. Such a text
 * looks like another one, or pushes what stands beside it out of sight.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/u;

/** Whether a text claim is one a scanner takes: 1 to `maxBytes` bytes of UTF-8, all to be seen (protocol 1.1). */
export function isClaimText(value: string, maxBytes: number): boolean {
  const bytes = utf8Length(value);
  return bytes !== undefined && bytes > 0 && bytes <= maxBytes && !unseen.test(value);
}
