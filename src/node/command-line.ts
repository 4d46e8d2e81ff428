import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Fault } from '../core/fault.ts';
import { type EpochSeconds, epochMillis, epochSeconds, toSeconds } from '../core/units.ts';

/** Exit codes of every command; verdicts have their own in `verify.ts`. */
export const exit = {
  ok: 0,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  internal: 70,
} as const;

/** Ends a command with a stable code and a sentence. Neither may hold a token. */
export class CliError extends Error {
  readonly code: string;
  readonly exitCode: number;

  constructor(code: string, message: string, exitCode: number = exit.data) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }
}

export const usageError = (message: string): CliError => new CliError('usage', message, exit.usage);

type Parsed<O extends ParseArgsConfig['options']> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>;

/** `parseArgs` of Node, whose messages may quote an argument (a token), with ours instead. */
export function readArgs<O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const flag = /'(--?[a-z][a-z-]{0,20})[ ']/.exec(said)?.[1];
    const isUnknown = said.startsWith('Unknown option');
    if (flag === undefined) throw usageError('an argument cannot be understood');
    throw usageError(isUnknown ? `${flag} is no option here` : `${flag} is used wrongly`);
  }
}

/** `--at EPOCH`, else the machine's clock: the one reading of it per run. */
export function readAt(value: string | undefined): EpochSeconds {
  if (value === undefined) return toSeconds(epochMillis(Date.now()));
  return epochSeconds(readUint('--at', value));
}

export function readUint(flag: string, value: string): number {
  if (!/^\d{1,12}$/.test(value)) throw usageError(`${flag} takes a whole number`);
  return Number(value);
}

/** The value when it is one of `allowed`, which the message lists. */
export function readChoice<T extends string>(
  flag: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find((choice) => choice === value);
  if (found === undefined) throw usageError(`${flag} is one of ${allowed.join(', ')}`);
  return found;
}

/** Runs a command: its exit code, or the error's, one line on stderr and, if asked for, as JSON. */
export async function run(command: () => Promise<number>, asJson: boolean): Promise<void> {
  // The reader went away (`| head -1`): nothing is left to say.
  process.stdout.on('error', () => process.exit(exit.ok));
  try {
    process.exitCode = await command();
  } catch (thrown) {
    const { code, message, exitCode } = asCliError(thrown);
    process.stderr.write(`${message}\n`);
    if (asJson) process.stdout.write(`${JSON.stringify({ error: code })}\n`);
    process.exitCode = exitCode;
  }
}

function asCliError(thrown: unknown): CliError {
  if (thrown instanceof CliError) return thrown;
  if (thrown instanceof Fault) return new CliError(thrown.code, thrown.message, exit.internal);
  return new CliError('internal', 'Something unexpected went wrong.', exit.internal);
}
