/**
 * A signed text as PostgreSQL's `text` can hold it: U+0000 and half a surrogate pair, which JSON can
 * hold and it cannot, as `\u0000`. For columns that are searched and shown; what was signed is in
 * the entry's own JSON, which escapes them by itself.
 */
export const columnText = (text: string): string =>
  text.replace(
    /[\0\p{Surrogate}]/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
