import { fromUtf8 } from './bytes.ts';

/** A JSON object: not null, not an array. */
export type JsonObject = { readonly [member: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object these bytes spell, in any spelling; undefined for anything else. */
export function readJson(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes) ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Parses JSON in the one spelling `JSON.stringify(JSON.parse(text))` gives back, which refuses
 * white space, duplicate names, odd escapes and odd numbers. Undefined for anything else.
 */
export function parseCanonical(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True when `value` has exactly these members, no more and no fewer. */
export function hasExactly(value: JsonObject, ...members: readonly string[]): boolean {
  const present = Object.keys(value);
  return present.length === members.length && members.every((name) => Object.hasOwn(value, name));
}
