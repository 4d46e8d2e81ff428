import { decode, Token, Tokenizer, Type } from 'cborg';
import { fromUtf8 } from '../bytes.ts';
import { limits } from '../limits.ts';

/** A CBOR float. Kept apart from integers, so that `1.0` never stands for `1`. */
export class CborFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

const options = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
} as const;

/**
 * cborg's own tokens, with floats marked, text decoded strictly (cborg mends invalid UTF-8 and drops
 * a BOM) and no break (cborg takes one as a map value). Input is capped, so recursion is bounded.
 */
class StrictTokenizer extends Tokenizer {
  override next(): Token {
    const token = super.next();
    if (Type.equals(token.type, Type.break)) throw new Error('break outside an indefinite length');
    if (Type.equals(token.type, Type.string)) return strictText(token);
    if (!Type.equals(token.type, Type.float)) return token;
    return new Token(Type.float, new CborFloat(Number(token.value)), token.encodedLength);
  }
}

function strictText(token: Token): Token {
  const text = fromUtf8(token.byteValue ?? new Uint8Array());
  if (text === undefined) throw new Error('invalid UTF-8');
  return new Token(Type.string, text, token.encodedLength);
}

/**
 * Decodes one CBOR item (RFC 8949) that fills `bytes` exactly. Refuses indefinite lengths,
 * integers and lengths not in their shortest form, duplicate map keys, tags, `undefined`, integers
 * beyond 2^53, invalid UTF-8 and map keys that are neither integer nor text. Undefined for anything refused.
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  if (bytes.length > limits.textChars) return undefined;
  try {
    const value: unknown = decode(bytes, {
      ...options,
      tokenizer: new StrictTokenizer(bytes, options),
    });
    return hasPlainKeys(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function hasPlainKeys(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(hasPlainKeys);
  if (!(value instanceof Map)) return true;
  for (const [key, item] of value) {
    if (typeof key !== 'string' && !Number.isSafeInteger(key)) return false;
    if (!hasPlainKeys(item)) return false;
  }
  return true;
}
