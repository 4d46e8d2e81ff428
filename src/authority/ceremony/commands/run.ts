import { Fault } from '../../../core/fault.ts';
import { UsageError } from '../refusal.ts';
import { authorityCommands } from './authority-commands.ts';
import { issuerCommands } from './issuer-commands.ts';

const commands = new Map(Object.entries({ ...authorityCommands, ...issuerCommands }));

const help = `Usage: npm run --silent keys -- COMMAND --dir DIR [options]
DIR is the authority's folder: authority.json (everything but keys), private/ (one file per holder),
public/ (serve it as it is). It must not be inside a git work tree, but with --demo.

${[...commands.values()].map(({ usage }) => `  ${usage}`).join('\n')}

With every command: --dry-run checks everything and writes nothing; --keys FOLDER, again and again,
adds private keys that their holders brought; --at EPOCH is the time it is signed at (default now).
Days are UTC. Exit code: 0 done, 1 refused, 64 usage.`;

export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** One command of the key ceremony; its exit code. */
export async function run([name = 'help', ...args]: readonly string[], io: Io): Promise<number> {
  if (name === 'help' || args.includes('--help')) {
    io.out(help);
    return 0;
  }
  const fail = (message: string, code: number): number => {
    io.err(`keys: ${message}`);
    return code;
  };
  const command = commands.get(name);
  if (!command) return fail(`there is no command ${name.slice(0, 40)}; see keys -- help`, 64);
  try {
    for (const line of await command.run(args, io.clock)) io.out(line);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'failed';
    if (error instanceof UsageError) return fail(`${name}: ${message}; see keys -- help`, 64);
    return fail(`${name}: ${message}`, error instanceof Fault ? 1 : 70);
  }
}
