import { asksFor } from '../../../node/command-line.ts';
import {
  commandOf,
  ending,
  give,
  helpAsked,
  type Io,
  type Program,
} from '../../../node/program.ts';
import { authorityCommands } from './authority-commands.ts';
import type { CeremonyCommand } from './command.ts';
import { issuerCommands } from './issuer-commands.ts';

const everywhere = `With every command: --dry-run checks everything and writes nothing; --keys FOLDER, again and again,
adds private keys that their holders brought; --at EPOCH is the time it is signed at (default now);
--json prints facts instead of lines; --help is about one command. Days are UTC.
Exit code: 0 done, 1 refused, 64 usage, 70 internal.`;
const commands = new Map(Object.entries({ ...authorityCommands, ...issuerCommands }));

/** `npm run keys`: everything that needs an authority's private keys. */
export const ceremony: Program<CeremonyCommand> = {
  name: 'keys',
  commands,
  everywhere,
  help: `Usage: npm run --silent keys -- COMMAND --dir DIR [options]
DIR is the authority's folder: authority.json (everything but keys), private/ (one file per holder),
public/ (serve it as it is). It must not be inside a git work tree.

${usageOf(commands)}

${everywhere}`,
};

export function usageOf(all: ReadonlyMap<string, CeremonyCommand>): string {
  return [...all.values()].map(({ usage }) => `  ${usage}`).join('\n');
}

/** The streams, and the time in milliseconds since 1970. */
export type CeremonyIo = Io & { readonly clock: () => number };

/** One command of a program; its exit code. */
export function run(
  args: readonly string[],
  io: CeremonyIo,
  program: Program<CeremonyCommand> = ceremony,
): Promise<number> {
  const [name = 'help', ...rest] = args;
  const asJson = asksFor('--json', args);
  const known = program.commands.has(name) ? `${program.name}: ${name}` : program.name;
  return ending(known, asJson, io, async () => {
    const help = helpAsked(program, [name, ...rest]);
    if (help !== undefined) return give({ say: [help], facts: null }, false, io);
    return give(await commandOf(program, name).run(rest, io.clock), asJson, io);
  });
}
