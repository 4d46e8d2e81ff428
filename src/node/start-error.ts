/** The hub or a command of it cannot start: one line for the person who started it, and the exit code. */
export class StartError extends Error {
  readonly exitCode: 1 | 2 | 64;

  constructor(message: string, exitCode: 1 | 2 | 64 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const usageError = (said: string): StartError => new StartError(`${said}; see --help`, 64);
