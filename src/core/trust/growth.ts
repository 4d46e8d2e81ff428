import * as v from 'valibot';
import { isObject } from '../json.ts';

/** Names a `crit` member may hold and this version understands: none yet. */
const understood: readonly string[] = [];

/**
 * Whether a signed payload asks for something this version does not know (protocol 10): its `crit`
 * names a member that is not understood, or is no list of names. Such a payload is not judged by
 * half: the answer is `app-outdated`.
 */
export function isBeyond(payload: unknown): boolean {
  if (!isObject(payload) || !Object.hasOwn(payload, 'crit')) return false;
  const { crit } = payload as { crit: unknown };
  return !Array.isArray(crit) || crit.some((name) => !understood.includes(name));
}

/** True when a reading failed at a word of a closed set that this version does not know. */
export const isOfTomorrow = (issues: readonly v.BaseIssue<unknown>[]): boolean =>
  issues.some(
    ({ type, input }) => (type === 'picklist' || type === 'literal') && typeof input === 'string',
  );

/** A list in which an item that holds an unknown word of a closed set counts as absent: protocol 10. */
export function knownItems<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(
    v.array(v.unknown()),
    v.rawTransform<unknown[], v.InferOutput<Item>[]>(({ dataset, addIssue, NEVER }) => {
      const known: v.InferOutput<Item>[] = [];
      for (const value of dataset.value) {
        const read = v.safeParse(item, value);
        if (read.success) known.push(read.output);
        else if (!isOfTomorrow(read.issues)) {
          addIssue({ message: 'item' });
          return NEVER;
        }
      }
      return known;
    }),
  );
}

/** The same for a record of named values. */
export function knownValues<Value extends v.GenericSchema>(
  name: v.GenericSchema<string>,
  value: Value,
) {
  return v.pipe(
    v.record(name, v.unknown()),
    v.rawTransform<Record<string, unknown>, Record<string, v.InferOutput<Value>>>(
      ({ dataset, addIssue, NEVER }) => {
        const known: [string, v.InferOutput<Value>][] = [];
        for (const [key, item] of Object.entries(dataset.value)) {
          const read = v.safeParse(value, item);
          if (read.success) known.push([key, read.output]);
          else if (!isOfTomorrow(read.issues)) {
            addIssue({ message: key });
            return NEVER;
          }
        }
        return Object.fromEntries(known);
      },
    ),
  );
}

/** A word of a closed set; one this version does not know reads as `unknown`. */
export const wordOr = <Word extends string, Unknown extends string | undefined>(
  words: readonly Word[],
  unknown: Unknown,
) =>
  v.pipe(
    v.string(),
    v.transform((value): Word | Unknown => words.find((word) => word === value) ?? unknown),
  );
