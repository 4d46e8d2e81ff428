import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Bytes, EpochMillis } from '../../core/units.ts';
import type { Sql } from '../../node/database.ts';
import { usageError } from '../../node/start-error.ts';

/** What a command of the operator works with. */
export interface Desk {
  readonly sql: Sql;
  readonly now: EpochMillis;
  readonly random: (length: number) => Bytes;
}

/** A command whose arguments are good. `data` is the folder of the embedded database. */
export interface Job {
  readonly data: string;
  /** Does it and returns what to print, for the operator's eyes. Throws a `StartError` to refuse. */
  run(desk: Desk): Promise<string>;
}

export interface HubCommand {
  readonly usage: string;
  /** Reads the arguments; a mistake in them is a `StartError` with exit code 64. */
  read(args: readonly string[]): Job;
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Read<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>;

/** The arguments of a command; an option it does not know is a mistake. */
export function readCommandArgs<O extends Options>(args: readonly string[], options: O): Read<O> {
  const ids = args.filter(isDashedId);
  const others = args.filter((arg) => !isDashedId(arg));
  try {
    return parseArgs({
      args: [...others, '--', ...ids],
      options,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const [said = ''] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    throw usageError(said);
  }
}

/** A device id is random base64url of 16 bytes: one in 64 looks like an option. */
const isDashedId = (arg: string): boolean => /^-[A-Za-z0-9_-]{20}[AQgw]$/.test(arg);

/** `--data DIR`, which every command takes. */
export const dataOption = { data: { type: 'string', default: 'data' } } as const;

/** `2027-01-15 14:00 +08:00`: as the operator's clock shows it (TZ), and how far that is from UTC. */
export function minute(at: number): string {
  const ahead = -new Date(at).getTimezoneOffset();
  const local = new Date(at + ahead * 60_000).toISOString().slice(0, 16).replace('T', ' ');
  const zone = new Date(Math.abs(ahead) * 60_000).toISOString().slice(11, 16);
  return `${local} ${ahead < 0 ? '-' : '+'}${zone}`;
}
