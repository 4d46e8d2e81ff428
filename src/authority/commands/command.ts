import type { Bytes, EpochMillis } from '../../core/units.ts';
import { type Options, readArgs, type Values } from '../../node/command-line.ts';
import type { Sql } from '../../node/database.ts';
import type { Answer } from '../../node/program.ts';
import { type ReadFile, readOwn } from '../../node/read-files.ts';
import { type ColumnCipher, columnCipher } from '../privacy/column-cipher.ts';
import { type Environment, readSecrets } from '../start/secrets-file.ts';

/** What commands are done with; the database is opened by those that need it. */
export interface Desk {
  readonly random: (length: number) => Bytes;
  readonly now: () => EpochMillis;
  readonly env: Environment;
  readonly open: (data: string) => Promise<Sql>;
}

/** What a command works on: the data and the secrets it was told. */
export interface Place {
  readonly data: string;
  readonly secrets: string;
}

/** Does it and says what came of it. Throws a `CommandError` to refuse. */
export type Work = (desk: Desk, place: Place) => Promise<Answer>;

export interface Job {
  readonly asJson: boolean;
  readonly run: (desk: Desk) => Promise<Answer>;
}

export interface AuthorityCommand {
  readonly usage: string;
  /** Reads the arguments; a mistake in them is a `CommandError` with exit code 64. */
  read(args: readonly string[], readFile?: ReadFile): Job;
}

const common = {
  data: { type: 'string', default: 'authority-data' },
  secrets: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** A command with its own options, and the names of what it takes besides (`readArgs`). */
export function command<O extends Options>(
  usage: string,
  options: O,
  wanted: readonly string[],
  prepare: (values: Values<O>, given: readonly string[], readFile: ReadFile) => Work,
): AuthorityCommand {
  return {
    usage,
    read(args, readFile = readOwn) {
      const { values, positionals } = readArgs(args, { ...options, ...common }, wanted);
      const { data, json = false, secrets } = values as Values<typeof common>;
      const place = { data, secrets: secrets ?? `${data}/secrets.json` };
      const work = prepare(values as Values<O>, positionals, readFile);
      return { asJson: json, run: (desk) => work(desk, place) };
    },
  };
}

/** Work on the open database, closed whatever comes of it. */
export async function withData<T>(
  desk: Desk,
  { data, secrets }: Place,
  work: (sql: Sql, cipher: () => ColumnCipher) => Promise<T>,
): Promise<T> {
  const sql = await desk.open(data);
  try {
    return await work(sql, () => columnCipher(readSecrets(secrets, desk.env), desk.random));
  } finally {
    await sql.close();
  }
}
