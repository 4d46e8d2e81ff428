/**
 * A contract is a table of promises, each a check that throws when it is broken. It needs no test
 * runner, so that the same table runs on a fake, on an adapter in Node and inside a real page.
 */
export type Contract<Subject> = Readonly<Record<string, (subject: Subject) => Promise<void>>>;

/** Throws unless both are deeply equal; byte arrays and missing members are told apart. */
export function same(actual: unknown, expected: unknown): void {
  const [is, should] = [spelled(actual), spelled(expected)];
  if (is !== should) throw new Error(`is ${is}\nshould be ${should}`);
}

function spelled(value: unknown): string {
  return JSON.stringify(value, (_key, part) => {
    if (part === undefined) return '(undefined)';
    if (part instanceof Uint8Array) return { bytes: [...part] };
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
