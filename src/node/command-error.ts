/**
 * How every program of ours ends; told to operators in docs/hub.md. `verify` says its verdict with 0
 * to 3 instead.
 */
export const exit = {
  done: 0,
  /** Understood and not done, or something is wrong with what was looked at. */
  refused: 1,
  /** Nothing wrong was found, and it is no proof. */
  notProven: 2,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  internal: 70,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

const codes: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'refused',
  2: 'not-proven',
  64: 'usage',
  65: 'data',
  66: 'no-input',
  69: 'unavailable',
  70: 'internal',
};

/**
 * Ends a program: one sentence for whoever started it, the exit code, and a stable code for `--json`.
 * None of them may hold a token or a password.
 */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;

  constructor(message: string, exitCode: ExitCode = exit.refused, code = codes[exitCode]) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
  }
}

/** What was typed cannot be meant. */
export const usageError = (message: string): CommandError => new CommandError(message, exit.usage);

/** What was asked is understood and not done. */
export const refusal = (message: string): CommandError => new CommandError(message);
