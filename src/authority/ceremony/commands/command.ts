import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type EpochSeconds, epochSeconds } from '../../../core/units.ts';
import { type Desk, openDesk, refuseWrongClock } from '../desk.ts';
import { type Change, commit } from '../files/commit.ts';
import { UsageError } from '../refusal.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

const common = {
  dir: { type: 'string' },
  keys: { type: 'string', multiple: true },
  at: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

type Read<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O & typeof common; strict: true; allowPositionals: false }>
>['values'];

/** What every command is given besides its own options. */
export interface Given {
  readonly dir: string;
  readonly keys: readonly string[];
  readonly now: EpochSeconds;
  /** The operator typed the time (`--at`), so it is meant. */
  readonly isDated: boolean;
  readonly dryRun: boolean;
}

/** A command of the ceremony: what to type, and what to do with it. Returns lines for the operator. */
export interface CeremonyCommand {
  readonly usage: string;
  run(args: readonly string[], clock: () => number): Promise<readonly string[]>;
}

/** A command with its own options. */
export function command<O extends Options>(
  usage: string,
  options: O,
  work: (values: Read<O>, given: Given) => Promise<readonly string[]>,
): CeremonyCommand {
  return {
    usage,
    run: async (args, clock) => {
      const values = read(args, options);
      const { dir, keys = [], at, 'dry-run': dryRun = false } = values as Read<typeof common>;
      if (!dir) throw new UsageError('--dir DIR is needed');
      return work(values, { dir, keys, now: readAt(at, clock), isDated: at !== undefined, dryRun });
    },
  };
}

/** A command that changes an authority: opened, changed, held against the scanner's code, written. */
export function changing<O extends Options>(
  usage: string,
  options: O,
  prepare: (values: Read<O>, given: Given) => (desk: Desk) => Change | Promise<Change>,
): CeremonyCommand {
  return command(usage, options, async (values, given) => {
    const change = prepare(values, given);
    const desk = await openDesk(given);
    refuseWrongClock(desk, given.isDated);
    const wanted = await change(desk);
    await commit(desk, wanted, given.dryRun);
    return given.dryRun ? [...wanted.say, dryRunNote] : wanted.say;
  });
}

export const dryRunNote = 'dry run: everything checked, nothing written';

function read<O extends Options>(args: readonly string[], options: O): Read<O> {
  try {
    const all = { ...options, ...common };
    return parseArgs({ args: [...args], options: all, strict: true }).values as Read<O>;
  } catch (error) {
    const [said = ''] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    throw new UsageError(said);
  }
}

function readAt(at: string | undefined, clock: () => number): EpochSeconds {
  const seconds = at === undefined ? Math.floor(clock() / 1000) : Number(at);
  if (Number.isSafeInteger(seconds) && seconds >= 1) return epochSeconds(seconds);
  throw new UsageError('--at takes whole seconds since 1970');
}
