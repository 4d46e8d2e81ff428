import { asksFor } from '../../node/command-line.ts';
import { commandOf, ending, give, helpAsked, type Io } from '../../node/program.ts';
import { type FilesRead, noting, readOwn } from '../../node/read-files.ts';
import type { Job } from './command.ts';
import { hubProgram } from './commands.ts';

/** A command that was read, what was typed, and the files that were named there. */
export interface Asked {
  readonly job: Job;
  readonly args: readonly string[];
  readonly files: FilesRead;
}

/** What the program does besides reading what was typed. */
export interface Doing {
  readonly serve: (args: readonly string[]) => Promise<number>;
  readonly operate: (asked: Asked) => Promise<number>;
}

/** `npm run hub -- ARGS`: help, a command, or the server itself; its exit code. */
export function runHub(args: readonly string[], io: Io, doing: Doing): Promise<number> {
  return ending('kakou hub', asksFor('--json', args), io, async () => {
    const help = helpAsked(hubProgram, args);
    if (help !== undefined) return give({ say: [help], facts: null }, false, io);
    const [name = '', ...rest] = args;
    if (name === '' || name.startsWith('-')) return doing.serve(args);
    const { read, seen } = noting(readOwn);
    const job = commandOf(hubProgram, name).read(rest, read);
    return doing.operate({ job, args, files: seen });
  });
}
