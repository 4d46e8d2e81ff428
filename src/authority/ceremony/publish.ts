import { limits } from '../../core/limits.ts';
import type { Signer } from '../../core/signer.ts';
import type { Bundle, IssuerEntry } from '../../core/trust/bundle.ts';
import type { ListFiles } from '../../core/trust/lists/lists.ts';
import type { Root } from '../../core/trust/root.ts';
import { refusal } from '../../node/command-error.ts';
import { dayOf } from '../lists/pins.ts';
import { bundleForRegion, regionalBundle } from '../regional-bundle.ts';
import { signFile } from '../sign-file.ts';
import { peekBundle } from '../trust-folder.ts';
import { utc, warnings } from './commands/warnings.ts';
import { type Desk, newestLists } from './desk.ts';
import type { State } from './files/authority-file.ts';
import type { Change } from './files/commit.ts';
import type { Output } from './files/folder.ts';
import { enoughSigners } from './files/key-files.ts';

export interface PublishOptions {
  /** Hours until phones stop admitting; at most 72. */
  readonly hours: number;
  /** Number of the bundle; one more than the highest known when left out. */
  readonly version?: number;
}

/** Signs the bundle of the state as it is, naming the newest lists, and puts both in public/. */
export async function publish(desk: Desk, options: PublishOptions): Promise<Change> {
  const { state, root } = desk;
  const signers = await enoughSigners(desk.keys, state.root.bundleKeys, root.bundleThreshold);
  return signBundle(desk, state, root, signers, options);
}

/** The same for a root that is about to be published along with it. */
export async function signBundle(
  desk: Desk,
  state: State,
  root: Root,
  signers: readonly Signer[],
  { hours, version = (desk.marks.bundle?.version ?? 0) + 1 }: PublishOptions,
): Promise<Change> {
  const { now } = desk;
  const own = withServices(desk, state);
  const issuers = own.bundle.issuers.map((issuer) => retiredBy(issuer, dayOf(now)));
  const bundle: Bundle = {
    version,
    root: root.version,
    iat: now,
    exp: now + hours * 3600,
    ...own.bundle,
    issuers,
  };
  const content = await signFile('kakou-bundle+jws', bundle, signers);
  if (content.length > limits.bundleBytes) throw refusal('the bundle is too large for phones');
  const lists = await newestLists(desk, issuers);
  const regional = await regionalOutputs(state, bundle, signers);
  const next = { ...own, bundle: { ...own.bundle, issuers } };
  const todo = await warnings(desk, next);
  return {
    state: next,
    outputs: [...listOutputs(issuers, lists), ...regional, { path: 'public/v1/bundle', content }],
    say: [
      `bundle ${version} of root ${root.version}, in force until ${utc(bundle.exp)}`,
      ...regional.map(({ path }) => `for a region: ${path}`),
      ...todo,
    ],
    facts: {
      root: rootFacts(root),
      bundle: { version, exp: bundle.exp },
      todo: todo.map((one) => one.replace(/^! /, '')),
    },
  };
}

/** A bundle for each region, of the same version and end. */
function regionalOutputs(
  { regions = {} }: State,
  bundle: Bundle,
  signers: readonly Signer[],
): Promise<Output[]> {
  return Promise.all(
    Object.entries(regions).map(async ([region, near]) => {
      const content = bundleForRegion(bundle, region, new Set(near));
      return {
        path: `public/v1/${regionalBundle(region)}`,
        content: await signFile('kakou-bundle+jws', content, signers),
      };
    }),
  );
}

/**
 * An issuer whose published list is newer than any made here has a service that keeps it: its pin stays
 * as published, and the ceremony keeps that issuer's statuses no longer.
 */
function withServices({ published }: Desk, state: State): State {
  const known = (published.bundle && peekBundle(published.bundle)?.issuers) ?? [];
  const statuses = { ...state.statuses };
  const issuers = state.bundle.issuers.map((issuer) => {
    const list = known.find(({ id }) => id === issuer.id)?.list;
    if (!list || versionOf(list) <= versionOf(issuer.list)) return issuer;
    delete statuses[issuer.id];
    return { ...issuer, list };
  });
  return { ...state, bundle: { ...state.bundle, issuers }, statuses };
}

const versionOf = (list: IssuerEntry['list']): number =>
  Math.max(list?.version ?? 0, list?.delta?.version ?? 0);

/** A root as `show` has it. */
export const rootFacts = ({ version, exp, threshold }: Root) => ({ version, exp, threshold });

/** Retired on its day. A retired issuer needs no list: nothing of it is accepted any more. */
function retiredBy(issuer: IssuerEntry, day: string): IssuerEntry {
  if (issuer.retiredOn === undefined || issuer.retiredOn > day) return issuer;
  const { list: _, ...rest } = issuer;
  return { ...rest, state: 'retired' };
}

function listOutputs(
  issuers: readonly IssuerEntry[],
  lists: Readonly<Record<string, ListFiles>>,
): Output[] {
  return issuers.flatMap(({ id, list: pin }) => {
    const files = lists[id];
    if (!pin || !files) return [];
    const full = { path: `public/v1/lists/${id}/${pin.day}`, content: files.list };
    if (files.delta === undefined) return [full];
    return [full, { path: `public/v1/deltas/${id}`, content: files.delta }];
  });
}
