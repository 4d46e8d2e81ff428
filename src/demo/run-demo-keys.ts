import { command } from '../authority/ceremony/commands/command.ts';
import { run, usageOf } from '../authority/ceremony/commands/run.ts';
import type { Io } from '../node/program.ts';
import { demoInit, demoPublish } from './demo-set.ts';

const commands = new Map(
  Object.entries({
    init: command(
      `init --dir DIR
      makes a demo root and one file with every private key, for all to see`,
      {},
      async (_, given) => ({ say: await demoInit(given), done: {} }),
    ),
    publish: command(
      `publish --dir DIR [--at EPOCH]
      writes a trust set of this repository's demo keys the way a static host serves it`,
      {},
      async (_, given) => ({ say: await demoPublish(given), done: {} }),
    ),
  }),
);

const program = {
  name: 'demo-keys',
  help: `Usage: npm run --silent demo-keys -- COMMAND --dir DIR
DEMO keys: their private halves are public. Never use them for anything real.

${usageOf(commands)}`,
  everywhere:
    '--dry-run checks everything and writes nothing; --json prints facts instead of lines.',
  commands,
};

/** `demo-keys`: makes demo keys and publishes with them; its exit code. */
export const runDemoKeys = (args: readonly string[], io: Io): Promise<number> =>
  run(args, { ...io, clock: Date.now }, program);
