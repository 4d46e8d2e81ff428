import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { acceptTrust, type TrustFiles, type TrustMarks } from '../../core/trust/accept.ts';
import type { IssuerEntry } from '../../core/trust/bundle.ts';
import type { ListFiles } from '../../core/trust/lists/lists.ts';
import { acceptNextRoot, keySetName, openPinnedRoot, type Root } from '../../core/trust/root.ts';
import { type Bytes, type EpochSeconds, epochSeconds } from '../../core/units.ts';
import { refusal } from '../../node/command-error.ts';
import { type FolderFiles, peekBundle, readFolder, readLists } from '../trust-folder.ts';
import { parseState, type State, stateFile } from './files/authority-file.ts';
import {
  exclusively,
  finish,
  isInterrupted,
  refuseInterrupted,
  refuseWorkTree,
} from './files/folder.ts';
import type { KeyFolders } from './files/key-files.ts';

/** An authority's folder, opened: what it says, what it published, and the keys at hand. */
export interface Desk {
  readonly dir: string;
  readonly now: EpochSeconds;
  readonly keys: KeyFolders;
  readonly state: State;
  /** `authority.json` as read. */
  readonly stateText: string;
  /** The newest root, verified from root 1 on. */
  readonly root: Root;
  readonly published: FolderFiles;
  /** What phones hold at the newest: by the state and by what is published. */
  readonly marks: TrustMarks;
}

export interface DeskPlace {
  readonly dir: string;
  readonly keys: readonly string[];
  readonly now: EpochSeconds;
  readonly dryRun: boolean;
}

/** Opens the folder and checks that state and published files belong together. */
export async function openDesk({ dir: given, keys, now, dryRun }: DeskPlace): Promise<Desk> {
  const dir = resolve(given);
  refuseWorkTree(dir);
  if (dryRun) refuseInterrupted(dir);
  else if (isInterrupted(dir)) await exclusively(dir, () => finish(dir));
  if (!existsSync(join(dir, stateFile))) throw refusal(`${dir} holds no ${stateFile}; see init`);
  const stateText = await readFile(join(dir, stateFile), 'utf8');
  const state = parseState(stateText);
  const published = await readFolder(join(dir, 'public'));
  const root = await openRoots(published.roots);
  const isOurs =
    root.version === state.root.version &&
    keySetName(root.keys) === keySetName(state.root.keys.map(({ jwk }) => jwk)) &&
    keySetName(root.bundleKeys) === keySetName(state.root.bundleKeys.map(({ jwk }) => jwk));
  if (!isOurs) throw refusal(`${stateFile} names other keys than root ${root.version}`);
  const marks = await marksOf(published, state);
  return {
    dir,
    now,
    keys: [join(dir, 'private'), ...keys],
    state,
    stateText,
    root,
    published,
    marks,
  };
}

/** A lost or older state must not bring a version down again: what is published counts too. */
async function marksOf(published: FolderFiles, state: State): Promise<TrustMarks> {
  const files = trustFiles(published);
  if (!files) {
    if (state.marks.bundle) throw refusal('public/v1/bundle is gone; put the published one back');
    return state.marks;
  }
  const accepted = await acceptTrust(files, state.marks);
  if (accepted.ok) return accepted.value.marks;
  const { file, issuer, problem } = accepted.error;
  const what = [file, issuer].filter(Boolean).join(' of ');
  throw refusal(`what is in public/ is not what was published: ${what} ${problem}`);
}

/** The set as a phone would hold it, when there is a whole one. */
export function trustFiles({ roots, bundle, lists }: FolderFiles): TrustFiles | undefined {
  const [pinnedRoot, ...next] = roots;
  return pinnedRoot && bundle && { pinnedRoot, roots: next, bundle, lists };
}

/** Walks the root files as a phone does. */
export async function openRoots([first, ...next]: readonly Bytes[]): Promise<Root> {
  let root = await openPinnedRoot(first ?? new Uint8Array());
  let version = 1;
  for (const file of next) {
    if (!root.ok) break;
    root = await acceptNextRoot(root.value, file);
    version++;
  }
  if (!root.ok) throw refusal(`root ${version} would be refused by phones: ${root.error}`);
  return root.value;
}

/** When the published bundle was signed; 0 before the first. */
export const publishedAt = ({ published }: Pick<Desk, 'published'>): EpochSeconds =>
  epochSeconds((published.bundle && peekBundle(published.bundle)?.iat) ?? 0);

const aheadS = 14 * 24 * 3600;

/**
 * Refuses to sign with a clock far from what this folder signed last: a bundle dated ahead stops every
 * phone that has none better until its time has come, one dated back is refused by all.
 */
export function refuseWrongClock(desk: Pick<Desk, 'now' | 'published'>, isDated: boolean): void {
  const last = publishedAt(desk);
  if (last === 0 || isDated) return;
  const advice = 'set the clock of this machine; if it is right, say so with --at EPOCH';
  if (desk.now < last)
    throw refusal(`clock-behind: the clock here is behind the last publication; ${advice}`);
  if (desk.now > last + aheadS)
    throw refusal(
      `clock-ahead: the clock here is over 14 days after the last publication; ${advice}`,
    );
}

/** Each pinned list, as staged by publish-list and publish-delta or as published before. */
export function newestLists(
  { dir }: Pick<Desk, 'dir'>,
  issuers: readonly IssuerEntry[],
): Promise<Record<string, ListFiles>> {
  return readLists([...issuers], [join(dir, 'staged', 'v1'), join(dir, 'public', 'v1')]);
}
