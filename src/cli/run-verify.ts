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
import { exit, usageError } from '../node/command-error.ts';
import { asksFor, readArgs, type Values as ValuesOf } from '../node/command-line.ts';
import { readAt, readChoice, readCode, readGateId } from '../node/command-values.ts';
import { ending, type Io } from '../node/program.ts';
import { mapOrdered, readLines } from './lines.ts';
import { openTrustFiles, readTrustFolder } from './trust-folder.ts';
import { verdictExit, verdictJson, verdictWords } from './verdict-line.ts';

const usage = `Usage: npm run --silent verify -- (IMAGE | TEXT | -) [--json]
  [--at EPOCH] [--venue TYPE] [--region R] [--gate ID] [--temperature C|normal|high] [--one-by-one]
  [--trust DIR [--root FILE]]
IMAGE is a PNG, JPEG or WebP file. - reads one text a line from standard input.
Without --trust it decides with a demo trust set of that moment. DIR is laid out as a static host,
--root is root 1 when it is not the one in keys/. Where the rule is that everybody is measured before
the code is shown (exception), that is taken as done, unless --one-by-one.
Exit code: 0 pass, 1 check, 2 stop, 3 unknown, 64 usage, 65 bad input, 66 no such file,
69 a picture, and the optional package sharp is not installed.`;

const options = {
  at: { type: 'string' },
  venue: { type: 'string', default: 'residential' },
  region: { type: 'string', default: 'CN-TJ' },
  gate: { type: 'string', default: 'demo-gate' },
  temperature: { type: 'string' },
  'one-by-one': { type: 'boolean' },
  trust: { type: 'string' },
  root: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Values = ValuesOf<typeof options>;
async function verify(args: readonly string[], io: Io): Promise<number> {
  if (asksFor('--help', args)) {
    io.out(usage);
    return exit.done;
  }
  const { values, positionals } = readArgs(args, options, ['IMAGE, TEXT or -']);
  const [input = ''] = positionals;
  const context = await readContext(values);
  const show = (verdict: Verdict) =>
    values.json ? printableJson(verdictJson(verdict)) : printable(verdictWords(verdict));
  if (input === '-') return verifyLines(() => ({ ...context, now: readNow(values.at) }), show);
  const text = isPicture(input) ? await (await import('./picture.ts')).readPicture(input) : input;
  const verdict = await verifyPass(text, context);
  io.out(show(verdict));
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
  return exit.done;
}

async function readContext(values: Values): Promise<VerifyContext> {
  const now = readNow(values.at);
  const { root } = values;
  if (root !== undefined && values.trust === undefined)
    throw usageError('--root goes with --trust');
  const region = readCode('--region', values.region);
  const gate = readGateId('--gate', values.gate);
  const venue = readChoice('--venue', values.venue, venues);
  const temperature = readTemperature(values.temperature);
  return {
    now,
    trust: await openTrustFiles(await trustFiles(values, toSeconds(now.at))),
    gate: { id: gate, venue, region, ...(!values['one-by-one'] && { measuredBefore: true }) },
    ...(temperature !== undefined && { temperature }),
  };
}

/** The machine's clock is taken as good: this is a tool, not a gate. */
const readNow = (at: string | undefined): TrustedNow => ({
  at: toMillis(readAt(at, Date.now)),
  quality: 'synced',
});

const trustFiles = ({ trust, root }: Values, at: EpochSeconds) =>
  trust === undefined ? demoTrust(at) : readTrustFolder(trust, root);

function readTemperature(value: string | undefined): Temperature | undefined {
  if (value === undefined || value === 'normal' || value === 'high') return value;
  const celsius = /^\d{2}(\.\d{1,2})?$/.test(value) ? Number(value) : Number.NaN;
  if (celsius >= 30 && celsius <= 45) return celsius;
  throw usageError('--temperature is 30 to 45 degrees Celsius, normal or high');
}

/** An existing file, or a name that ends like a picture; a link that does so is a text. */
function isPicture(input: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) return false;
  return /\.(png|jpe?g|webp)$/i.test(input) || existsSync(input);
}

/** `verify`: what it says, and the exit code, which is the verdict. Lines (`-`) come and go by the process's own streams. */
export const runVerify = (args: readonly string[], io: Io): Promise<number> =>
  ending('verify', asksFor('--json', args), io, () => verify(args, io));
