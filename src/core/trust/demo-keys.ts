/** How much of a public key's `x` tells it from all others: 72 bits. */
const told = 12;

/** What is kept of public keys to know them again by `holdsKey`: the beginnings of their `x`. */
export const keyMarks = (jwks: unknown): string[] => [...new Set(xOf(jwks))];

/**
 * Whether any key anywhere in a root, a bundle or another JSON value is one of `marks`: one demo key
 * among ten makes the whole set worth nothing, for its private half is public.
 */
export function holdsKey(value: unknown, marks: readonly string[]): boolean {
  return xOf(value).some((x) => marks.includes(x));
}

function xOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'x' && typeof member === 'string' ? [member.slice(0, told)] : xOf(member),
  );
}
