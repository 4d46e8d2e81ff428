import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { limits } from '../../core/limits.ts';
import { noMarks } from '../../core/trust/accept.ts';
import { openPinnedRoot, type Root } from '../../core/trust/root.ts';
import { refusal } from '../../node/command-error.ts';
import { generateKey, type NamedKey, publicHalf, signerOf } from '../keys.ts';
import { signFile } from '../sign-file.ts';
import { utc } from './commands/warnings.ts';
import { parseState, type State, stateFile, stateText } from './files/authority-file.ts';
import { type Facts, filesOf } from './files/commit.ts';
import { type Output, refuseInterrupted, refuseWorkTree, writeAll } from './files/folder.ts';
import { keyFile } from './files/key-files.ts';
import { demoVenueRules } from './first-rules.ts';
import { type NewIssuer, withNewIssuer } from './issuers.ts';

export interface InitOptions {
  readonly dir: string;
  readonly rootKeys: number;
  readonly threshold: number;
  /** Epoch seconds root 1 ends. */
  readonly until: number;
  readonly issuers: readonly NewIssuer[];
  /** Makes and checks everything, writes nothing. */
  readonly dryRun: boolean;
}

/** Founds an authority: root 1, every first key, and the state all other commands work on. */
export async function init(
  options: InitOptions,
): Promise<{ readonly say: readonly string[]; readonly done: Facts }> {
  const dir = resolve(options.dir);
  refuseWorkTree(dir);
  refuseInterrupted(dir);
  const inTheWay = [stateFile, 'public', 'private'].find((name) => existsSync(join(dir, name)));
  if (inTheWay) throw refusal(`${join(dir, inTheWay)} exists; nothing was written`);
  const outputs = await found(options);
  if (!options.dryRun) await writeAll(dir, outputs);
  const say = [
    ...outputs.map(({ path, secret }) => `${secret ? 'secret' : 'public'}  ${join(dir, path)}`),
    `root 1: ${options.threshold} of ${options.rootKeys} root keys, until ${utc(options.until)}`,
    'give each file under private/ to its holder, keep a second copy apart, leave none here',
    'build the scanner with public/v1/root/1 as keys/root.1.json',
  ];
  const { until: exp, threshold, rootKeys } = options;
  return {
    say,
    done: {
      root: { version: 1, exp, threshold },
      rootKeys: Array.from({ length: rootKeys }, (_, n) => `root-${n + 1}`),
      bundleKeys: ['bundle-1'],
      issuers: options.issuers.map(({ id }) => id),
      ...filesOf(outputs),
    },
  };
}

async function found({ rootKeys, threshold, until, issuers }: InitOptions): Promise<Output[]> {
  const several = (kind: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => generateKey(`${kind}-${n + 1}`)));
  const [root, bundle] = [await several('root', rootKeys), await several('bundle', 1)];
  const hub = { receipt: await generateKey('receipt-1'), time: await generateKey('time-1') };
  const file = await signRoot(root, bundle, threshold, until);
  let state = firstState(root, bundle, hub);
  const outputs: Output[] = [];
  for (const issuer of issuers) {
    const added = await withNewIssuer(state, issuer);
    state = added.state;
    outputs.push(keyFile(issuer.id, { keys: added.keys }));
  }
  const text = stateText(state);
  parseState(text);
  return [
    { path: 'public/v1/root/1', content: file },
    { path: stateFile, content: text },
    ...[...root, ...bundle].map((key) => keyFile(key.kid, key)),
    keyFile('hub', hub),
    ...outputs,
  ];
}

async function signRoot(
  keys: readonly NamedKey[],
  bundleKeys: readonly NamedKey[],
  threshold: number,
  exp: number,
) {
  const root: Root = {
    version: 1,
    exp,
    threshold,
    keys: keys.map(publicHalf),
    bundleThreshold: 1,
    bundleKeys: bundleKeys.map(publicHalf),
  };
  const file = await signFile('kakou-root+jws', root, await Promise.all(keys.map(signerOf)));
  const opened = await openPinnedRoot(file);
  if (!opened.ok) throw refusal(`phones would refuse root 1: ${opened.error}`);
  return file;
}

function firstState(
  root: readonly NamedKey[],
  bundle: readonly NamedKey[],
  hub: { readonly receipt: NamedKey; readonly time: NamedKey },
): State {
  const named = (key: NamedKey) => ({ kid: key.kid, jwk: publicHalf(key) });
  const { credentialS, paperS } = limits;
  return {
    format: 'kakou-authority-1',
    root: {
      version: 1,
      keys: root.map(named),
      bundleKeys: bundle.map(named),
      made: { root: root.length, bundle: bundle.length },
    },
    bundle: {
      limits: { liveS: 60, skewS: 30, credentialS, paperS },
      issuers: [],
      venueRules: demoVenueRules,
      gates: [],
      hub: { receiptKeys: [publicHalf(hub.receipt)], timeKeys: [publicHalf(hub.time)] },
      minimumApp: '0.1.0',
    },
    marks: noMarks,
    statuses: {},
  };
}
