/** Deeper nesting than any entry has is refused before the stack is at risk. */
const maxDepth = 32;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * The one canonical JSON text of a value (RFC 8785): members sorted by UTF-16 code units, numbers
 * and strings as ECMAScript writes them. Takes plain objects, arrays, strings, finite numbers,
 * booleans and null; undefined for a value that holds anything else or a lone surrogate.
 */
export function canonicalJson(value: unknown): string | undefined {
  return write(value, maxDepth);
}

/** The canonical JSON of an object, and of the same without one of its members: written once for both. */
export function canonicalWithout(
  object: object,
  left: string,
): { readonly whole: string; readonly without: string } | undefined {
  const members = writeMembers(object, maxDepth);
  if (!members) return undefined;
  const start = `${JSON.stringify(left)}:`;
  const rest = members.filter((member) => !member.startsWith(start));
  return { whole: `{${members.join(',')}}`, without: `{${rest.join(',')}}` };
}

function write(value: unknown, depth: number): string | undefined {
  if (depth < 0) return undefined;
  switch (typeof value) {
    case 'string':
      return writeText(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      return undefined;
  }
}

/** Printable ASCII that needs no escape, as nearly every text of an entry. */
const plain = /^[ !#-[\]-~]*$/;

function writeText(text: string): string | undefined {
  if (plain.test(text)) return `"${text}"`;
  return loneSurrogate.test(text) ? undefined : JSON.stringify(text);
}

function writeArray(items: readonly unknown[], depth: number): string | undefined {
  const written: string[] = [];
  for (const item of items) {
    const text = write(item, depth - 1);
    if (text === undefined) return undefined;
    written.push(text);
  }
  return `[${written.join(',')}]`;
}

function writeObject(object: object, depth: number): string | undefined {
  const members = writeMembers(object, depth);
  return members && `{${members.join(',')}}`;
}

/** `"name":value` of each member, in order. */
function writeMembers(object: object, depth: number): string[] | undefined {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const members = object as { readonly [name: string]: unknown };
  const written: string[] = [];
  for (const name of Object.keys(members).sort()) {
    const text = write(members[name], depth - 1);
    const quoted = writeText(name);
    if (text === undefined || quoted === undefined) return undefined;
    written.push(`${quoted}:${text}`);
  }
  return written;
}
