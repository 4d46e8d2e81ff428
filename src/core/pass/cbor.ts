import { fromUtf8 } from '../bytes.ts';
import { limits } from '../limits.ts';
import type { Bytes } from '../units.ts';

/** A CBOR float, its value unread: kept apart from integers, so that `1.0` never stands for `1`. */
export class CborFloat {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Deeper nesting than any pass has is refused before the stack is at risk. */
const maxDepth = 16;

/**
 * Decodes one CBOR item (RFC 8949) that fills `bytes` exactly, in the one spelling of section 4.2.1 as
 * far as a pass needs it. Integers become numbers, maps `Map`s. Refuses
 * indefinite lengths, integers and lengths not in their shortest form, integers beyond 2^53, duplicate
 * map keys, keys that are neither integer nor text, invalid UTF-8, tags, `undefined`, other simple
 * values, and nesting over 16. Undefined for anything refused; never throws.
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  if (bytes.length > limits.textChars) return undefined;
  const reader: Reader = { bytes, at: 0 };
  const value = readItem(reader, maxDepth);
  return reader.at === bytes.length && value !== refused ? value : undefined;
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

/** Told apart from every value an item can have. */
const refused = Symbol('refused');

function readItem(reader: Reader, depth: number): unknown {
  const initial = reader.bytes[reader.at++];
  if (initial === undefined || depth === 0) return refused;
  const major = initial >> 5;
  if (major === 7) return readSimple(reader, initial & 31);
  const argument = readArgument(reader, initial & 31);
  if (argument === undefined) return refused;
  switch (major) {
    case 0:
      return argument;
    case 1:
      return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : refused;
    case 2:
      return readBytes(reader, argument) ?? refused;
    case 3:
      return readText(reader, argument);
    case 4:
      return readArray(reader, argument, depth);
    case 5:
      return readMap(reader, argument, depth);
    default:
      return refused; // 6: a tag
  }
}

/** The argument of an item's head, in its shortest form only; undefined for any other. */
function readArgument(reader: Reader, info: number): number | undefined {
  if (info < 24) return info;
  if (info > 27) return undefined; // 28 to 30 are reserved, 31 is an indefinite length
  const width = 1 << (info - 24);
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (reader.bytes[reader.at++] ?? Number.NaN);
  const least = width === 1 ? 24 : 2 ** (4 * width);
  return value >= least && Number.isSafeInteger(value) ? value : undefined;
}

/** False, true and null; floats by their bytes. */
function readSimple(reader: Reader, info: number): unknown {
  if (info === 20) return false;
  if (info === 21) return true;
  if (info === 22) return null;
  if (info < 25 || info > 27) return refused;
  const bytes = readBytes(reader, 1 << (info - 24));
  return bytes ? new CborFloat(bytes) : refused;
}

function readBytes(reader: Reader, length: number): Bytes | undefined {
  const end = reader.at + length;
  if (end > reader.bytes.length) return undefined;
  const bytes = new Uint8Array(reader.bytes.subarray(reader.at, end));
  reader.at = end;
  return bytes;
}

function readText(reader: Reader, length: number): unknown {
  const bytes = readBytes(reader, length);
  return (bytes && fromUtf8(bytes)) ?? refused;
}

function readArray(reader: Reader, length: number, depth: number): unknown {
  const items: unknown[] = [];
  for (let i = 0; i < length; i++) {
    const item = readItem(reader, depth - 1);
    if (item === refused) return refused;
    items.push(item);
  }
  return items;
}

function readMap(reader: Reader, length: number, depth: number): unknown {
  const map = new Map<unknown, unknown>();
  for (let i = 0; i < length; i++) {
    const key = readItem(reader, depth - 1);
    if (typeof key !== 'string' && typeof key !== 'number') return refused;
    const value = readItem(reader, depth - 1);
    if (value === refused || map.has(key)) return refused;
    map.set(key, value);
  }
  return map;
}

/** A byte string of CBOR as its head and content, for what is signed over (RFC 9052 section 4.4). */
export function encodeByteString(bytes: Uint8Array): Bytes {
  const { length } = bytes;
  const head =
    length < 24
      ? [0x40 | length]
      : length < 256
        ? [0x58, length]
        : [0x59, length >> 8, length & 255];
  const out = new Uint8Array(head.length + length);
  out.set(head);
  out.set(bytes, head.length);
  return out;
}
