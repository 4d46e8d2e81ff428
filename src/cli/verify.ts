import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { printable, printableJson } from '../core/printable.ts';
import type { TrustedNow } from '../core/time/trusted-now.ts';
import { venues } from '../core/trust/venue-rule.ts';
import { type EpochSeconds, toMillis, toSeconds } from '../core/units.ts';
import { type VerifyContext, verifyPass } from '../core/verify/pipeline.ts';
import type { Temperature } from '../core/verify/venue-rules.ts';
import type { Verdict } from '../core/verify/verdict.ts';
import { demoTrust } from '../demo/demo-trust.ts';
import { exit, readArgs, readAt, readChoice, run, usageError } from '../node/command-line.ts';
import { mapOrdered, readLines } from './lines.ts';
import { openTrustFiles, readTrustFolder } from './trust-folder.ts';
import { verdictExit, verdictJson, verdictWords } from './verdict-line.ts';

const usage = `Usage: npm run --silent verify -- (IMAGE | TEXT | -) [--json]
  [--at EPOCH] [--venue TYPE] [--region R] [--gate ID] [--temperature C|normal] [--trust DIR [--root FILE]]
IMAGE is a PNG, JPEG or WebP file. - reads one text a line from standard input.
Without --trust it decides with a demo trust set of that moment. DIR is laid out as a static host,
--root is root 1 when it is not the one in keys/.
Exit code: 0 pass, 1 check, 2 stop, 3 unknown, 64 usage, 65 bad input, 66 no such file,
69 a picture, and the optional package sharp is not installed.`;

const options = {
  at: { type: 'string' },
  venue: { type: 'string', default: 'residential' },
  region: { type: 'string', default: 'CN-TJ' },
  gate: { type: 'string', default: 'demo-gate' },
  temperature: { type: 'string' },
  trust: { type: 'string' },
  root: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof readArgs<typeof options>>['values'];

async function verify(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArgs(args, options);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return exit.ok;
  }
  const [input] = positionals;
  if (input === undefined || positionals.length > 1)
    throw usageError(`say what to verify\n${usage}`);
  const context = await readContext(values);
  const show = (verdict: Verdict) =>
    values.json ? printableJson(verdictJson(verdict)) : printable(verdictWords(verdict));
  if (input === '-') return verifyLines(() => ({ ...context, now: readNow(values.at) }), show);
  const text = isPicture(input) ? await (await import('./picture.ts')).readPicture(input) : input;
  const verdict = await verifyPass(text, context);
  process.stdout.write(`${show(verdict)}\n`);
  return verdictExit[verdict.state];
}

/** One verdict a line, in order; the clock is read anew for each unless `--at` fixes it. */
async function verifyLines(
  context: () => VerifyContext,
  show: (verdict: Verdict) => string,
): Promise<number> {
  const verdicts = mapOrdered(readLines(process.stdin), 64, (text) => verifyPass(text, context()));
  for await (const verdict of verdicts) {
    if (!process.stdout.write(`${show(verdict)}\n`)) await once(process.stdout, 'drain');
  }
  return exit.ok;
}

async function readContext(values: Values): Promise<VerifyContext> {
  const now = readNow(values.at);
  const { region, gate, root } = values;
  if (root !== undefined && values.trust === undefined)
    throw usageError('--root goes with --trust');
  if (!/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(region)) throw usageError('--region is like CN-TJ');
  if (!/^[\x21-\x7e]{1,64}$/.test(gate)) throw usageError('--gate is an id of 1 to 64 characters');
  const venue = readChoice('--venue', values.venue, venues);
  const temperature = readTemperature(values.temperature);
  return {
    now,
    trust: await openTrustFiles(await trustFiles(values, toSeconds(now.at))),
    gate: { id: gate, venue, region },
    ...(temperature !== undefined && { temperature }),
  };
}

/** The machine's clock is taken as good: this is a tool, not a gate. */
const readNow = (at: string | undefined): TrustedNow => ({
  at: toMillis(readAt(at)),
  quality: 'synced',
});

const trustFiles = ({ trust, root }: Values, at: EpochSeconds) =>
  trust === undefined ? demoTrust(at) : readTrustFolder(trust, root);

function readTemperature(value: string | undefined): Temperature | undefined {
  if (value === undefined || value === 'normal') return value;
  const celsius = /^\d{2}(\.\d{1,2})?$/.test(value) ? Number(value) : Number.NaN;
  if (celsius >= 30 && celsius <= 45) return celsius;
  throw usageError('--temperature is 30 to 45 degrees Celsius, or normal');
}

/** An existing file, or a name that ends like a picture; a link that does so is a text. */
function isPicture(input: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) return false;
  return /\.(png|jpe?g|webp)$/i.test(input) || existsSync(input);
}

const args = process.argv.slice(2);
await run(() => verify(args), args.includes('--json'));
