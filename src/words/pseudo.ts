const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ë',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  A: 'Å',
  E: 'É',
  O: 'Ø',
};

/**
 * English made a third longer and strange, for development: what stays plain was not translated,
 * what is cut off has no room. Placeholders stay as they are.
 */
export function pseudo<Messages extends Readonly<Record<string, string>>>(
  messages: Messages,
): Messages {
  const entries = Object.entries(messages).map(([key, text]) => [key, strange(text)]);
  return Object.fromEntries(entries) as unknown as Messages;
}

function strange(text: string): string {
  const bent = text.replace(/\{\w+\}|[a-zA-Z]/g, (part) => accents[part] ?? part);
  return `[${bent}${'~'.repeat(Math.ceil(text.length / 3))}]`;
}
