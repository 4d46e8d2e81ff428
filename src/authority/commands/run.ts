import { asksFor } from '../../node/command-line.ts';
import { commandOf, ending, give, helpAsked, type Io, type Program } from '../../node/program.ts';
import { usage } from '../start/options.ts';
import type { AuthorityCommand, Desk } from './command.ts';
import { facts, signFacts, sources } from './facts.ts';
import { reEncryptCommand, secrets } from './privacy.ts';
import { forget, statistics, verifyLog } from './records.ts';
import { risk, rules } from './rules.ts';

/** What the operator can do on the authority's data, by the word after `npm run authority --`. */
export const commands: ReadonlyMap<string, AuthorityCommand> = new Map(
  Object.entries({
    secrets,
    're-encrypt': reEncryptCommand,
    sources,
    facts,
    'sign-facts': signFacts,
    rules,
    risk,
    forget,
    statistics,
    'verify-log': verifyLog,
  }),
);

const ends = `Exit code: 0 done, 1 refused, 64 usage, 69 no database, 70 internal.`;

/** `npm run authority`: the service, and with a word its commands. */
export const authorityProgram: Program<AuthorityCommand> = {
  name: 'authority',
  commands,
  everywhere: `--data DIR (default ./authority-data) or DATABASE_URL is where the authority keeps its data, --secrets
FILE (default DIR/secrets.json) or KAKOU_SECRETS its keys; --json prints facts.
${ends}`,
  help: `${usage}

Commands, on the same data (--data DIR, DATABASE_URL) and secrets, each with --json and --help:
${[...commands.values()].map(({ usage: own }) => `  ${own}`).join('\n')}
The embedded database takes one process at a time: beside a running service use its desk, or
PostgreSQL.
${ends}`,
};

/** `npm run authority -- ARGS`: help, a command, or the service itself; its exit code. */
export function runAuthority(
  args: readonly string[],
  io: Io,
  doing: { readonly serve: (args: readonly string[]) => Promise<number>; readonly desk: Desk },
): Promise<number> {
  const asJson = asksFor('--json', args);
  return ending('kakou authority', asJson, io, async () => {
    const help = helpAsked(authorityProgram, args);
    if (help !== undefined) return give({ say: [help], facts: null }, false, io);
    const [name = '', ...rest] = args;
    if (name === '' || name.startsWith('-')) return doing.serve(args);
    const job = commandOf(authorityProgram, name).read(rest);
    return give(await job.run(doing.desk), job.asJson, io);
  });
}
