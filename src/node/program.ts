import { once } from 'node:events';
import { Fault } from '../core/fault.ts';
import { printable, printableJson } from '../core/printable.ts';
import { CommandError, type ExitCode, exit, usageError } from './command-error.ts';
import { asksFor } from './command-line.ts';
import { Unavailable } from './database.ts';

/** Where a program speaks. */
export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** The process's own streams. A reader that went away (`| head -1`) ends it in peace. */
export function streams(): Io {
  process.stdout.on('error', () => process.exit(exit.done));
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
  };
}

/**
 * Writes a piece of a long answer to standard output as it is, and waits until there is room for more;
 * on a terminal nothing in it moves the cursor.
 */
export async function emit(piece: string): Promise<void> {
  const { stdout } = process;
  const shown = stdout.isTTY ? piece.split(/\r?\n/).map(printable).join('\n') : piece;
  if (!stdout.write(shown)) await once(stdout, 'drain');
}

/** What a command has to say: lines for people, the same as facts for `--json`. */
export interface Answer {
  readonly say: readonly string[];
  readonly facts: unknown;
  readonly exitCode?: ExitCode;
  /** All of it was said already, piece by piece. */
  readonly isSaid?: true;
}

/** Prints an answer, for people or as one JSON document; nothing in it reaches the terminal raw. */
export function give(
  { say, facts, exitCode = exit.done, isSaid }: Answer,
  asJson: boolean,
  io: Io,
): ExitCode {
  if (isSaid) return exitCode;
  if (asJson) io.out(printableJson(facts));
  else for (const line of say.flatMap((text) => text.split('\n'))) io.out(printable(line));
  return exitCode;
}

/** A program, to whom its commands are known by their first word. */
export interface Program<C extends { readonly usage: string }> {
  /** What it is called by: `npm run NAME --`. */
  readonly name: string;
  readonly help: string;
  readonly commands: ReadonlyMap<string, C>;
  /** What every command takes besides its own options. */
  readonly everywhere: string;
}

/** What to print when help is asked for: of the command named, else of the whole program. */
export function helpAsked<C extends { readonly usage: string }>(
  { name, help, commands, everywhere }: Program<C>,
  args: readonly string[],
): string | undefined {
  const [first = '', second = ''] = args;
  if (first !== 'help' && !asksFor('--help', args)) return undefined;
  const command = commands.get(first === 'help' ? second : first);
  return command ? `Usage: npm run --silent ${name} -- ${command.usage}\n${everywhere}` : help;
}

export function commandOf<C extends { readonly usage: string }>(
  { commands }: Program<C>,
  name: string,
): C {
  const command = commands.get(name);
  if (command) return command;
  throw usageError(`there is no command ${printable(name.slice(0, 40))}`);
}

/**
 * Does the work: its exit code, or the error's, one line on stderr, and with `asJson` the error's code
 * as the one JSON document on stdout.
 */
export async function ending(
  name: string,
  asJson: boolean,
  io: Io,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (thrown) {
    const { code, message, exitCode } = asCommandError(thrown);
    io.err(`${name}: ${printable(message)}${exitCode === exit.usage ? '; see --help' : ''}`);
    if (asJson) io.out(JSON.stringify({ error: code }));
    return exitCode;
  }
}

function asCommandError(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown;
  if (thrown instanceof Fault) return new CommandError(thrown.message, exit.internal, thrown.code);
  if (thrown instanceof Unavailable) {
    const why = thrown.code === undefined ? '' : ` (${thrown.code})`;
    return new CommandError(`${thrown.message}${why}`, exit.unavailable);
  }
  return new CommandError(`something unexpected went wrong${trace(thrown)}`, exit.internal);
}

/** What kind it was and where in the source. The system's own messages name its files; others may hold anything. */
function trace(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  if ('syscall' in thrown) return `: ${thrown.message}`;
  const [frame = ''] = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return `: ${thrown.name} ${frame.trim()}`;
}
