import { Fault } from '../../../core/fault.ts';
import { UsageError } from '../refusal.ts';
import { authorityCommands } from './authority-commands.ts';
import type { CeremonyCommand } from './command.ts';
import { issuerCommands } from './issuer-commands.ts';

/** A program of commands: the ceremony's, and the demo's beside it. */
export interface Program {
  readonly name: string;
  readonly help: string;
  readonly commands: ReadonlyMap<string, CeremonyCommand>;
}

const commands = new Map(Object.entries({ ...authorityCommands, ...issuerCommands }));

/** `npm run keys`: everything that needs an authority's private keys. */
export const ceremony: Program = {
  name: 'keys',
  commands,
  help: `Usage: npm run --silent keys -- COMMAND --dir DIR [options]
DIR is the authority's folder: authority.json (everything but keys), private/ (one file per holder),
public/ (serve it as it is). It must not be inside a git work tree.

${usageOf(commands)}

With every command: --dry-run checks everything and writes nothing; --keys FOLDER, again and again,
adds private keys that their holders brought; --at EPOCH is the time it is signed at (default now).
Days are UTC. Exit code: 0 done, 1 refused, 64 usage.`,
};

export function usageOf(all: Program['commands']): string {
  return [...all.values()].map(({ usage }) => `  ${usage}`).join('\n');
}

export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** One command of a program; its exit code. */
export async function run(
  [name = 'help', ...args]: readonly string[],
  io: Io,
  program: Program = ceremony,
): Promise<number> {
  if (name === 'help' || args.includes('--help')) {
    io.out(program.help);
    return 0;
  }
  const fail = (message: string, code: number): number => {
    io.err(`${program.name}: ${message}`);
    return code;
  };
  const command = program.commands.get(name);
  if (!command)
    return fail(`there is no command ${name.slice(0, 40)}; see ${program.name} -- help`, 64);
  try {
    for (const line of await command.run(args, io.clock)) io.out(line);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'failed';
    if (error instanceof UsageError)
      return fail(`${name}: ${message}; see ${program.name} -- help`, 64);
    return fail(`${name}: ${message}`, error instanceof Fault ? 1 : 70);
  }
}
