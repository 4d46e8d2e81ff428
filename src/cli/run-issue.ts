import { writeFile } from 'node:fs/promises';
import { kindNames } from '../core/pass/kinds.ts';
import { demoIssuer, demoIssuers } from '../demo/demo-issuers.ts';
import { demoKeys } from '../demo/demo-keys.ts';
import { type DemoPassProblem, demoPass } from '../demo/demo-pass.ts';
import { CommandError, exit, usageError } from '../node/command-error.ts';
import { asksFor, readArgs } from '../node/command-line.ts';
import { readAt, readChoice, readCount, readGateId } from '../node/command-values.ts';
import { ending, type Io } from '../node/program.ts';
import { qrPng } from './qr-png.ts';

const usage = `Usage: npm run --silent issue -- --issuer CN-TJ --state g (--text | --png FILE)
  [--kind live|credential|paper] [--form cwt|jwt] [--at EPOCH] [--relative] [--notice CODE]...
  [--index N] [--aud GATE]
Issues a DEMO pass, signed with the public demo keys. Exit code: 0 done, 64 usage, 65 the file cannot be written.`;

const options = {
  issuer: { type: 'string', default: 'CN-TJ' },
  state: { type: 'string', default: 'g' },
  kind: { type: 'string', default: 'live' },
  form: { type: 'string', default: 'cwt' },
  at: { type: 'string' },
  relative: { type: 'boolean' },
  notice: { type: 'string', multiple: true },
  index: { type: 'string' },
  aud: { type: 'string' },
  text: { type: 'boolean' },
  png: { type: 'string' },
} as const;

async function issue(args: readonly string[], io: Io): Promise<number> {
  if (asksFor('--help', args)) return print(usage, io);
  const { values } = readArgs(args, options);
  if (!values.text && values.png === undefined) throw usageError('say --text or --png FILE');
  const pass = await demoPass(demoKeys(), {
    issuer: values.issuer,
    state: values.state,
    kind: readChoice('--kind', values.kind, kindNames),
    form: readChoice('--form', values.form, ['cwt', 'jwt']),
    at: readAt(values.at, Date.now),
    jti: crypto.getRandomValues(new Uint8Array(12)),
    ...(values.index !== undefined && { index: readCount('--index', values.index, 0, 2 ** 31) }),
    ...(values.aud !== undefined && { aud: readGateId('--aud', values.aud) }),
    relative: values.relative === true,
    notices: values.notice ?? [],
  });
  if (!pass.ok) throw usageError(sentence(pass.error, values.issuer));
  if (values.png !== undefined) await savePng(values.png, pass.value.text);
  return values.text ? print(pass.value.text, io) : exit.done;
}

function sentence(problem: DemoPassProblem, id: string): string {
  const list = (codes: object = {}) => Object.keys(codes).join(', ') || 'none';
  const sentences: Readonly<Record<DemoPassProblem, string>> = {
    'unknown-issuer': `--issuer is one of ${demoIssuers.map((issuer) => issuer.id).join(', ')}`,
    'unknown-state': `--state of ${id} is one of ${list(demoIssuer(id)?.states)}`,
    'unknown-notice': `--notice of ${id} is one of ${list(demoIssuer(id)?.notices)}`,
    'bad-index': '--index takes a whole number',
    'credential-is-cwt-only': '--kind credential exists in --form cwt only',
  };
  return sentences[problem];
}

async function savePng(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, qrPng(text));
  } catch {
    throw new CommandError('the PNG file cannot be written', exit.data, 'cannot-write');
  }
}

function print(line: string, io: Io): number {
  io.out(line);
  return exit.done;
}

/** `issue`: a demo pass as text or picture, and the exit code. */
export const runIssue = (args: readonly string[], io: Io): Promise<number> =>
  ending('issue', false, io, () => issue(args, io));
