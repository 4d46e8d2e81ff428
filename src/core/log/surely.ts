import type * as v from 'valibot';

type Check = (value: unknown) => boolean;

/** What is looked at of a schema and of an action in a pipe; the rest of them is valibot's own. */
interface Part {
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly entries?: Readonly<Record<string, Part>>;
  readonly wrapped?: Part;
  readonly default?: unknown;
  readonly options?: readonly unknown[];
  readonly key?: string;
  readonly literal?: unknown;
  readonly requirement?: unknown;
}

/**
 * A quick way to know that a value fits: true only where `v.safeParse` succeeds and changes nothing, false
 * where that has to be asked, which is always right. Read off the schema itself, so it is told once what
 * fits; a kind of schema that is not known here is never sure.
 */
export const surely = (schema: v.GenericSchema): Check => checkOf(schema as unknown as Part);

const never: Check = () => false;

function checkOf(part: Part): Check {
  if (part.pipe) return all(part.pipe.map((one, i) => (i === 0 ? checkOf(one) : actionOf(one))));
  return plainOf(part);
}

const all =
  (checks: readonly Check[]): Check =>
  (value) => {
    for (const check of checks) if (!check(value)) return false;
    return true;
  };

function plainOf(part: Part): Check {
  const { type, literal, options = [], wrapped } = part;
  switch (type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'literal':
      return (value) => value === literal;
    case 'picklist':
      return (value) => options.includes(value);
    case 'optional': {
      if (!wrapped || part.default !== undefined) return never;
      const inner = checkOf(wrapped);
      return (value) => value === undefined || inner(value);
    }
    case 'object':
      return objectOf(part);
    case 'variant':
      return variantOf(part);
    default:
      return never;
  }
}

/** Of what a schema asks for; a member it does not name is not looked at, as `v.object` does not. */
function objectOf({ entries = {} }: Part): Check {
  const members = Object.entries(entries).map(([name, part]) => {
    const check = checkOf(part);
    return { name, check, mayBeLeftOut: part.type === 'optional' && check(undefined) };
  });
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const object = value as Readonly<Record<string, unknown>>;
    for (const { name, check, mayBeLeftOut } of members) {
      const member = object[name];
      if (member === undefined ? !mayBeLeftOut : !check(member)) return false;
    }
    return true;
  };
}

function variantOf({ key = '', options = [] }: Part): Check {
  const byWord = new Map<unknown, Check>();
  for (const option of options as readonly Part[]) {
    const word = option.entries?.[key];
    if (option.type !== 'object' || word?.type !== 'literal' || byWord.has(word.literal))
      return never;
    byWord.set(word.literal, checkOf(option));
  }
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    (byWord.get((value as Readonly<Record<string, unknown>>)[key]) ?? never)(value);
}

function actionOf({ type, requirement }: Part): Check {
  const n = Number(requirement);
  switch (type) {
    case 'safe_integer':
      return Number.isSafeInteger;
    case 'min_value':
      return (value) => Number(value) >= n;
    case 'max_value':
      return (value) => Number(value) <= n;
    case 'min_length':
      return (value) => String(value).length >= n;
    case 'max_length':
      return (value) => String(value).length <= n;
    case 'regex':
      return requirement instanceof RegExp && !requirement.global && !requirement.sticky
        ? (value) => requirement.test(String(value))
        : never;
    case 'check':
      return typeof requirement === 'function' ? (requirement as Check) : never;
    default:
      return never;
  }
}
