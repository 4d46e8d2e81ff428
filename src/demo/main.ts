import { command, dryRunNote } from '../authority/ceremony/commands/command.ts';
import { run, usageOf } from '../authority/ceremony/commands/run.ts';
import { demoInit, demoPublish } from './demo-set.ts';

const withNote = (say: readonly string[], dryRun: boolean): readonly string[] =>
  dryRun ? [...say, dryRunNote] : say;

const commands = new Map(
  Object.entries({
    init: command(
      `init --dir DIR
      makes a demo root and one file with every private key, for all to see`,
      {},
      async (_, given) => withNote(await demoInit(given), given.dryRun),
    ),
    publish: command(
      `publish --dir DIR [--at EPOCH]
      writes a trust set of this repository's demo keys the way a static host serves it`,
      {},
      async (_, given) => withNote(await demoPublish(given), given.dryRun),
    ),
  }),
);

process.exitCode = await run(
  process.argv.slice(2),
  {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    clock: Date.now,
  },
  {
    name: 'demo-keys',
    help: `Usage: npm run --silent demo-keys -- COMMAND --dir DIR
DEMO keys: their private halves are public. Never use them for anything real.

${usageOf(commands)}`,
    commands,
  },
);
