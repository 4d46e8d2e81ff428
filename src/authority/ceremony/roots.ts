import type { Root } from '../../core/trust/root.ts';
import { refusal } from '../../node/command-error.ts';
import { generateKey, type NamedKey, publicHalf, signerOf } from '../keys.ts';
import { signFile } from '../sign-file.ts';
import { utc } from './commands/warnings.ts';
import type { Desk } from './desk.ts';
import type { KeyName, State } from './files/authority-file.ts';
import type { Change } from './files/commit.ts';
import { keyFile, signersAmong } from './files/key-files.ts';
import { rootFacts, signBundle } from './publish.ts';

export interface Rotation {
  /** Names of the keys to be replaced by new ones. */
  readonly replace: readonly string[];
  /** How many must sign from now on; as before when left out. */
  readonly threshold?: number;
  /** Epoch seconds the new root ends. */
  readonly until: number;
}

/** Root N+1 with other root keys or another threshold, signed by the thresholds of both. */
export async function rotateRoot(desk: Desk, rotation: Rotation): Promise<Change> {
  const { state, root } = desk;
  const { keys, made, fresh } = await replaced('root', state, rotation.replace);
  const next: Root = {
    ...root,
    version: root.version + 1,
    exp: rotation.until,
    threshold: rotation.threshold ?? root.threshold,
    keys: keys.map(({ jwk }) => jwk),
  };
  const nextState = { ...state, root: { ...state.root, version: next.version, keys, made } };
  return {
    state: nextState,
    outputs: [await rootOutput(desk, next, nextState, fresh), ...fresh.map(fileOf)],
    say: sayRoot(next, rotation.replace, fresh),
    facts: factsOf(next, rotation.replace, fresh),
  };
}

/**
 * Root N+1 with other bundle keys. A bundle signed by the old ones counts for nothing under it, so
 * the new keys sign what was published anew in the same step.
 */
export async function rotateBundleKey(
  desk: Desk,
  rotation: Rotation,
  hours: number,
): Promise<Change> {
  const { state, root } = desk;
  const names = state.root.bundleKeys.map(({ kid }) => kid);
  const replace = rotation.replace.length > 0 ? rotation.replace : names;
  const { keys, made, fresh } = await replaced('bundle', state, replace);
  const next: Root = {
    ...root,
    version: root.version + 1,
    exp: Math.max(root.exp, rotation.until),
    bundleThreshold: rotation.threshold ?? root.bundleThreshold,
    bundleKeys: keys.map(({ jwk }) => jwk),
  };
  const nextState = {
    ...state,
    root: { ...state.root, version: next.version, bundleKeys: keys, made },
  };
  const outputs = [await rootOutput(desk, next, nextState, []), ...fresh.map(fileOf)];
  const say = sayRoot(next, replace, fresh);
  const facts = factsOf(next, replace, fresh);
  if (!desk.published.bundle) return { state: nextState, outputs, say, facts };
  const signers = [...(await signersAmong(desk.keys, keys)), ...(await inMemory(fresh))];
  if (signers.length < next.bundleThreshold) {
    throw refusal(`${next.bundleThreshold} bundle keys must sign and ${signers.length} are here`);
  }
  const bundle = await signBundle(desk, nextState, next, signers, { hours });
  return {
    state: bundle.state,
    outputs: [...outputs, ...(bundle.outputs ?? [])],
    say: [...say, ...bundle.say],
    facts: { ...facts, ...bundle.facts },
  };
}

/** The named keys exchanged for new ones, which are numbered on. */
async function replaced(kind: 'root' | 'bundle', state: State, names: readonly string[]) {
  const current = kind === 'root' ? state.root.keys : state.root.bundleKeys;
  const unknown = names.find((name) => !current.some(({ kid }) => kid === name));
  if (unknown !== undefined) {
    const known = current.map(({ kid }) => kid).join(', ');
    throw refusal(`${unknown} is no ${kind} key in force; those are ${known}`);
  }
  const made = { ...state.root.made };
  const fresh: NamedKey[] = [];
  const keys: KeyName[] = [];
  for (const key of current) {
    if (!names.includes(key.kid)) {
      keys.push(key);
      continue;
    }
    made[kind] += 1;
    const next = await generateKey(`${kind}-${made[kind]}`);
    fresh.push(next);
    keys.push({ kid: next.kid, jwk: publicHalf(next) });
  }
  return { keys, made, fresh };
}

async function rootOutput(desk: Desk, next: Root, nextState: State, fresh: readonly NamedKey[]) {
  const { keys, state, root } = desk;
  const old = await signersAmong(keys, state.root.keys);
  if (old.length < root.threshold) {
    const names = state.root.keys.map(({ kid }) => kid).join(', ');
    throw refusal(
      `root ${next.version} needs ${root.threshold} of ${names}, and ${old.length} are here; see --keys`,
    );
  }
  const staying = nextState.root.keys.filter(({ kid }) => old.some((signer) => signer.kid === kid));
  const own = staying.length + fresh.length;
  if (next.threshold > next.keys.length || own < next.threshold) {
    throw refusal(
      `root ${next.version} needs ${next.threshold} of its own keys, and ${own} are here`,
    );
  }
  const signers = [...old, ...(await inMemory(fresh))];
  const content = await signFile('kakou-root+jws', next, signers);
  return { path: `public/v1/root/${next.version}`, content };
}

const inMemory = (keys: readonly NamedKey[]) => Promise.all(keys.map(signerOf));

const fileOf = (key: NamedKey) => keyFile(key.kid, key);

const sayRoot = (next: Root, gone: readonly string[], fresh: readonly NamedKey[]): string[] => [
  `root ${next.version}: ${next.threshold} of ${next.keys.length} root keys, until ${utc(next.exp)}`,
  ...fresh.map(({ kid }) => `new key private/${kid}.json: hand it to its holder`),
  ...gone.map((kid) => `${kid} counts no more once phones have this root: destroy it`),
];

const factsOf = (next: Root, gone: readonly string[], fresh: readonly NamedKey[]) => ({
  root: rootFacts(next),
  replaced: gone,
  newKeys: fresh.map(({ kid }) => kid),
});
