import { asksFor } from '../../node/command-line.ts';
import { commandOf, ending, give, helpAsked, type Io } from '../../node/program.ts';
import type { Job } from './command.ts';
import { hubProgram } from './commands.ts';

/** What the program does besides reading what was typed. */
export interface Doing {
  readonly serve: (args: readonly string[]) => Promise<number>;
  readonly operate: (job: Job, io: Io) => Promise<number>;
}

/** `npm run hub -- ARGS`: help, a command, or the server itself; its exit code. */
export function runHub(args: readonly string[], io: Io, doing: Doing): Promise<number> {
  return ending('kakou hub', asksFor('--json', args), io, async () => {
    const help = helpAsked(hubProgram, args);
    if (help !== undefined) return give({ say: [help], facts: null }, false, io);
    const [name = '', ...rest] = args;
    if (name === '' || name.startsWith('-')) return doing.serve(args);
    return doing.operate(commandOf(hubProgram, name).read(rest), io);
  });
}
