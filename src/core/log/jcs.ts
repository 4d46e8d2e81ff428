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
  if (!isPlain(object)) return undefined;
  let [whole, without] = ['', ''];
  for (const { name, start } of orderOf(object)) {
    const text = start === undefined ? undefined : write(object[name], maxDepth - 1);
    if (text === undefined) return undefined;
    const member = start + text;
    whole = whole === '' ? member : `${whole},${member}`;
    if (name !== left) without = without === '' ? member : `${without},${member}`;
  }
  return { whole: `{${whole}}`, without: `{${without}}` };
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
  if (!isPlain(object)) return undefined;
  let all = '';
  for (const { name, start } of orderOf(object)) {
    const text = start === undefined ? undefined : write(object[name], depth - 1);
    if (text === undefined) return undefined;
    all = all === '' ? start + text : `${all},${start}${text}`;
  }
  return `{${all}}`;
}

function isPlain(object: object): object is { readonly [name: string]: unknown } {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

/** A member's name and how its text begins, `"name":`; undefined for one that has no canonical form. */
interface Member {
  readonly name: string;
  readonly start: string | undefined;
}

/** Of objects with the same members in the same order: entries of a log are of a few dozen kinds. */
const orders = new Map<string, readonly Member[]>();
const most = { orders: 500, characters: 400 } as const;

function orderOf(object: object): readonly Member[] {
  const names = Object.keys(object);
  // of what is kept no name holds a line feed, so with their number the same key is the same names
  const key = `${names.length}\n${names.join('\n')}`;
  const known = orders.get(key);
  if (known) return known;
  const order = names.sort().map((name) => {
    const quoted = writeText(name);
    return { name, start: quoted && `${quoted}:` };
  });
  const isCommon = key.length <= most.characters && order.every(({ name }) => plain.test(name));
  if (isCommon && orders.size < most.orders) orders.set(key, order);
  return order;
}
