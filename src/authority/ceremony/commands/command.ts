import type { EpochSeconds } from '../../../core/units.ts';
import { usageError } from '../../../node/command-error.ts';
import { type Options, readArgs, type Values } from '../../../node/command-line.ts';
import { readAt } from '../../../node/command-values.ts';
import type { Answer } from '../../../node/program.ts';
import { type Desk, openDesk, refuseWrongClock } from '../desk.ts';
import { type Change, commit, type Facts, filesOf } from '../files/commit.ts';

const common = {
  dir: { type: 'string' },
  keys: { type: 'string', multiple: true },
  at: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** What every command is given besides its own options. */
export interface Given {
  readonly dir: string;
  readonly keys: readonly string[];
  readonly now: EpochSeconds;
  /** The operator typed the time (`--at`), so it is meant. */
  readonly isDated: boolean;
  readonly dryRun: boolean;
}

/** What a command says, in words and as facts; a look at things (`show`) gives a whole answer. */
export type Said = Answer | { readonly say: readonly string[]; readonly done: Facts };

/** A command of the ceremony: what to type, and what to do with it. */
export interface CeremonyCommand {
  readonly usage: string;
  run(args: readonly string[], clock: () => number): Promise<Answer>;
}

/** A command with its own options. */
export function command<O extends Options>(
  usage: string,
  options: O,
  work: (values: Values<O>, given: Given) => Promise<Said>,
): CeremonyCommand {
  return {
    usage,
    run: async (args, clock) => {
      const { values } = readArgs(args, { ...options, ...common });
      const { dir, keys = [], at, 'dry-run': dryRun = false } = values as Values<typeof common>;
      if (!dir) throw usageError('--dir DIR is needed');
      const given = { dir, keys, now: readAt(at, clock), isDated: at !== undefined, dryRun };
      return answerOf(await work(values as Values<O>, given), dryRun);
    },
  };
}

function answerOf(said: Said, dryRun: boolean): Answer {
  if ('facts' in said) return said;
  const { say, done } = said;
  return { say: dryRun ? [...say, dryRunNote] : say, facts: { dryRun, ...done, said: say } };
}

/** A command that changes an authority: opened, changed, held against the scanner's code, written. */
export function changing<O extends Options>(
  usage: string,
  options: O,
  prepare: (values: Values<O>, given: Given) => (desk: Desk) => Change | Promise<Change>,
): CeremonyCommand {
  return command(usage, options, async (values, given) => {
    const change = prepare(values, given);
    const desk = await openDesk(given);
    refuseWrongClock(desk, given.isDated);
    const wanted = await change(desk);
    await commit(desk, wanted, given.dryRun);
    return saidOf(wanted);
  });
}

export const saidOf = ({ say, facts, outputs }: Change): Said => ({
  say,
  done: { ...facts, ...filesOf(outputs) },
});

const dryRunNote = 'dry run: everything checked, nothing written';
