import type { Bytes, EpochMillis } from '../../core/units.ts';
import { type Options, readArgs, type Values } from '../../node/command-line.ts';
import type { Sql } from '../../node/database.ts';
import type { Answer } from '../../node/program.ts';

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
  /** Reads the arguments; a mistake in them is a `CommandError` with exit code 64. */
  read(args: readonly string[]): Job;
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
  prepare: (values: Values<O>, given: readonly string[]) => Work,
): HubCommand {
  return {
    usage,
    read(args) {
      const { values, positionals } = readArgs(args, { ...options, ...common }, wanted);
      const { data, json = false } = values as Values<typeof common>;
      return { data, asJson: json, run: prepare(values as Values<O>, positionals) };
    },
  };
}

/** `2027-01-15 14:00 +08:00`: as the operator's clock shows it (TZ), and how far that is from UTC. */
export function minute(at: number): string {
  const ahead = -new Date(at).getTimezoneOffset();
  const local = new Date(at + ahead * 60_000).toISOString().slice(0, 16).replace('T', ' ');
  const zone = new Date(Math.abs(ahead) * 60_000).toISOString().slice(11, 16);
  return `${local} ${ahead < 0 ? '-' : '+'}${zone}`;
}
