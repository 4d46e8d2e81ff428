import type { Bytes, EpochMillis } from '../../core/units.ts';
import { type Options, readArgs, type Values } from '../../node/command-line.ts';
import type { Sql } from '../../node/database.ts';
import type { Answer } from '../../node/program.ts';
import { type ReadFile, readOwn } from '../../node/read-files.ts';
import { wallClock } from '../zone.ts';

export interface Watch {
  readonly clock: () => EpochMillis;
  readonly pause: (ms: number) => Promise<void>;
  /** Says lines to people before the answer. */
  readonly tell: (lines: readonly string[]) => void;
}

/** What a command of the operator works with. */
export interface Desk {
  readonly sql: Sql;
  readonly now: EpochMillis;
  readonly random: (length: number) => Bytes;
  /** For work that waits, where somebody looks on; `now` is when it began. */
  readonly watch?: Watch;
  /** Writes a piece of something long to standard output and waits until there is room for more. */
  readonly emit?: (text: string) => Promise<void>;
  /** Of the running hub that does it: how phones reach it. */
  readonly reached?: Reached;
}

export interface Reached {
  /** By others than this machine: it listens to them, or a proxy does. */
  readonly byOthers: boolean;
  /** By https, and no proxy is in between. */
  readonly byTls: boolean;
}

/** Does it and says what came of it. Throws a `CommandError` to refuse. */
export type Work = (desk: Desk) => Promise<Answer>;

/** A command whose arguments are good. `data` is the folder of the embedded database. */
export interface Job {
  readonly data: string;
  readonly asJson: boolean;
  readonly run: Work;
}

export interface HubCommand {
  readonly usage: string;
  /**
   * Reads the arguments and the files they name; a mistake in them is a `CommandError` with exit code
   * 64. No file is read later: a running hub does the job, and they may not be there for it.
   */
  read(args: readonly string[], readFile?: ReadFile): Job;
}

const common = {
  data: { type: 'string', default: 'data' },
  json: { type: 'boolean' },
} as const;

/** A command with its own options, and the names of what it takes besides (`readArgs`). */
export function command<O extends Options>(
  usage: string,
  options: O,
  wanted: readonly string[],
  prepare: (values: Values<O>, given: readonly string[], readFile: ReadFile) => Work,
): HubCommand {
  return {
    usage,
    read(args, readFile = readOwn) {
      const { values, positionals } = readArgs(args, { ...options, ...common }, wanted);
      const { data, json = false } = values as Values<typeof common>;
      return { data, asJson: json, run: prepare(values as Values<O>, positionals, readFile) };
    },
  };
}

/** `2027-01-15 14:00 +08:00`: as the operator's clock shows it, and how far that is from UTC. */
export const minute = (at: number): string => wallClock(at, 'minutes');
