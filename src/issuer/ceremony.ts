import { parseArgs } from 'node:util';
import { Fault } from '../core/fault.ts';
import { init } from './ceremony-init.ts';
import { publish } from './ceremony-publish.ts';

const usage = `Usage: npm run keys -- COMMAND
  init    --out DIR [--demo] [--issuers A,B] [--dry-run]
          makes root 1 and every first key. Private halves go to DIR/private, mode 0600,
          never inside a git work tree; with --demo to DIR/demo-private.json, for all to see
  publish --out DIR [--at EPOCH]
          writes a demo trust set as a static host would serve it`;

const options = {
  out: { type: 'string' },
  demo: { type: 'boolean' },
  issuers: { type: 'string' },
  'dry-run': { type: 'boolean' },
  at: { type: 'string' },
} as const;

async function main(): Promise<number> {
  let parsed: ReturnType<typeof read>;
  try {
    parsed = read();
  } catch (error) {
    return fail(error instanceof Error ? `${error.message}\n${usage}` : usage, 64);
  }
  const { command, out, values } = parsed;
  const now = values.at === undefined ? Math.floor(Date.now() / 1000) : Number(values.at);
  if (!Number.isSafeInteger(now) || now < 1) return fail('--at takes whole seconds', 64);
  try {
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    if (command === 'publish') await publish({ out, now, print });
    else {
      const issuers = values.issuers?.split(',') ?? [];
      const dryRun = values['dry-run'] === true;
      await init({ out, now, demo: values.demo === true, dryRun, issuers, print });
    }
    return 0;
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'failed', error instanceof Fault ? 1 : 70);
  }
}

function read() {
  const { positionals, values } = parseArgs({ options, allowPositionals: true });
  const [command, ...rest] = positionals;
  if ((command !== 'init' && command !== 'publish') || rest.length > 0) {
    throw new Error('say init or publish');
  }
  if (!values.out) throw new Error('--out DIR is needed');
  return { command, out: values.out, values };
}

function fail(message: string, code: number): number {
  process.stderr.write(`keys: ${message}\n`);
  return code;
}

process.exitCode = await main();
