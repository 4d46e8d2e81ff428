/** Controls, format characters (bidi, zero width), line separators, halves of pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;
const code = (unit: string): string => (unit.codePointAt(0) ?? 0).toString(16);

/**
 * A text of somebody else's as one line for a terminal: what could move the cursor, turn the
 * direction or begin a line is shown as `\u{1b}`.
 */
export const printable = (text: string): string =>
  text.replace(unprintable, (unit) => `\\u{${code(unit)}}`);

/** JSON on one line for a terminal: the same value, with those characters escaped as JSON does. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(unprintable, (unit) =>
    [...Array(unit.length).keys()]
      .map((i) => `\\u${unit.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );
