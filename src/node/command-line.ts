import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isDeviceId, isThumbprint } from '../core/ids.ts';
import { usageError } from './command-error.ts';

export type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>;
export type Values<O extends Options> = Parsed<O>['values'];

/**
 * The arguments of a program or command: `parseArgs` of Node, whose messages may quote an argument (a
 * token), with ours instead. `wanted` names what comes besides options, `[DEVICE]` when it may be left
 * out. An id that begins with a dash is an id. A mistake is a `CommandError` with exit code 64.
 */
export function readArgs<O extends Options>(
  args: readonly string[],
  options: O,
  wanted: readonly string[] = [],
): Parsed<O> {
  const plain = spellOut(args, options);
  const loose = { args: plain, options, strict: false, allowPositionals: true, tokens: true };
  for (const token of parseArgs(loose as ParseArgsConfig & { tokens: true }).tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!Object.hasOwn(options, name)) throw usageError(`there is no option${named(rawName)}`);
    if (options[name]?.type === 'boolean' && value !== undefined)
      throw usageError(`--${name} takes no value`);
  }
  const parsed = parseArgs({ args: plain, options, allowPositionals: true, strict: true });
  refuseCount(parsed.positionals, wanted);
  return parsed;
}

/** Each option with its value in one argument, and ids at the end, where a dash means nothing. */
function spellOut(args: readonly string[], options: Options): string[] {
  const [spelled, ids]: [string[], string[]] = [[], []];
  for (let at = 0; at < args.length; at++) {
    const [arg = '', next = '--'] = args.slice(at);
    const option = arg.startsWith('--') && arg.length > 2 ? arg.slice(2) : undefined;
    const isKnown = option !== undefined && Object.hasOwn(options, option);
    if (arg === '--') return [...spelled, arg, ...ids, ...args.slice(at + 1)];
    if (isKnown && options[option]?.type === 'string') {
      if (/^-./.test(next) && !isId(next)) throw usageError(`${arg} needs a value`);
      spelled.push(`${arg}=${next}`);
      at++;
    } else if (/^-/.test(arg) && isId(arg) && !isKnown) ids.push(arg);
    else spelled.push(arg);
  }
  return [...spelled, '--', ...ids];
}

/** One id in 64 begins with a dash and looks like an option. */
const isId = (arg: string): boolean => isDeviceId(arg) || isThumbprint(arg);

/** A name is a name: what else looks like an option may be a token, and is not repeated. */
const named = (option: string): string =>
  /^--?[a-z][a-z-]{0,30}$/.test(option) ? ` ${option}` : ' like that';

function refuseCount(given: readonly string[], wanted: readonly string[]): void {
  const lacking = wanted[given.length];
  if (lacking !== undefined && !lacking.startsWith('[')) throw usageError(`say which ${lacking}`);
  if (given.length <= wanted.length) return;
  const most = wanted.map((one) => `one ${one.replace(/[[\]]/g, '')}`).join(' and ');
  throw usageError(most === '' ? 'it takes options only' : `it takes ${most} at most`);
}

/** Whether a flag stands among the options: also where the rest cannot be understood. */
export function asksFor(flag: '--help' | '--json', args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).includes(flag);
}
