import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../core/fault.ts';
import { openPinnedRoot, type Root } from '../core/trust/root.ts';
import type { Bytes } from '../core/units.ts';
import { demoIssuers } from './demo-issuers.ts';
import { generateKey, type IssuerKeys, type KeyFile, publicHalf, signerOf } from './keys.ts';
import { signFile } from './sign-file.ts';

export interface InitOptions {
  readonly out: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly demo: boolean;
  /** Makes and checks everything, writes nothing. */
  readonly dryRun: boolean;
  /** Issuers to make first keys for; the demo has its own. */
  readonly issuers: readonly string[];
  readonly print: (line: string) => void;
}

const years = 365 * 24 * 3600;
const warning =
  'DEMO KEYS. The private halves are public. Never use them for anything real: ' +
  'anybody can sign passes, lists and bundles with them.';

interface Output {
  readonly path: string;
  readonly bytes: Bytes | string;
  readonly secret: boolean;
}

/**
 * Makes root 1 (2 of 3 keys) and every first key, checks the root with the scanner's own code and
 * only then writes. Faults: `config-invalid` when a file is in the way or the place is unsafe.
 */
export async function init(options: InitOptions): Promise<void> {
  const out = resolve(options.out);
  if (!options.demo) refuseWorkTree(out);
  const odd = options.issuers.find((id) => !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(id));
  if (odd !== undefined) throw new Fault('config-invalid', `${odd} is no issuer code like CN-TJ`);
  const issuers = options.demo ? demoIssuers.map(({ id }) => id) : options.issuers;
  const keys = await makeKeys(issuers);
  const root = await signRoot(keys, options.now + (options.demo ? 10 : 2) * years);
  const opened = await openPinnedRoot(root);
  if (!opened.ok) throw new Fault('internal', `the new root does not verify: ${opened.error}`);
  const secrets = options.demo ? demoSecret(out, keys) : splitSecrets(out, keys);
  const outputs = [{ path: join(out, 'root.1.json'), bytes: root, secret: false }, ...secrets];
  const taken = outputs.find(({ path }) => existsSync(path));
  if (taken) throw new Fault('config-invalid', `${taken.path} exists; nothing was written`);
  if (!options.dryRun) for (const output of outputs) await write(output);
  for (const { path, secret } of outputs) options.print(`${secret ? 'secret' : 'public'}  ${path}`);
  if (options.dryRun) options.print('dry run: everything checked, nothing written');
}

async function makeKeys(issuers: readonly string[]): Promise<KeyFile> {
  const several = (name: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => generateKey(`${name}-${n + 1}`)));
  const made: Record<string, IssuerKeys> = {};
  for (const id of issuers) {
    made[id] = {
      live: await generateKey('l1'),
      credential: await generateKey('c1'),
      paper: await generateKey('p1'),
      list: await generateKey('s1'),
    };
  }
  return {
    root: await several('root', 3),
    bundle: await several('bundle', 1),
    receipt: await generateKey('receipt-1'),
    time: await generateKey('time-1'),
    issuers: made,
    holder: await generateKey('h1'),
  };
}

async function signRoot(keys: KeyFile, exp: number): Promise<Bytes> {
  const root: Root = {
    version: 1,
    exp,
    threshold: 2,
    keys: keys.root.map(publicHalf),
    bundleThreshold: 1,
    bundleKeys: keys.bundle.map(publicHalf),
  };
  return signFile('kakou-root+jws', root, await Promise.all(keys.root.map(signerOf)));
}

const pretty = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const demoSecret = (out: string, keys: KeyFile): Output[] => [
  {
    path: join(out, 'demo-private.json'),
    bytes: pretty({ WARNING: warning, ...keys }),
    secret: true,
  },
];

/** One file per key holder, so that nobody is handed more than one part. */
function splitSecrets(out: string, keys: KeyFile): Output[] {
  const parts: Record<string, object> = {
    ...Object.fromEntries([...keys.root, ...keys.bundle].map((key) => [key.kid, key])),
    hub: { receipt: keys.receipt, time: keys.time },
    ...keys.issuers,
  };
  return Object.entries(parts).map(([name, part]) => ({
    path: join(out, 'private', `${name}.json`),
    bytes: pretty(part),
    secret: true,
  }));
}

function refuseWorkTree(out: string): void {
  for (let folder = out; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      throw new Fault(
        'config-invalid',
        `${out} is inside a git work tree; keys could be committed`,
      );
    }
    if (folder === dirname(folder)) return;
  }
}

async function write({ path, bytes, secret }: Output): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: secret ? 0o700 : 0o755 });
  await writeFile(path, bytes, { flag: 'wx', mode: secret ? 0o600 : 0o644 });
}
