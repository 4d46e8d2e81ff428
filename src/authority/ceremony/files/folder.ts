import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Bytes } from '../../../core/units.ts';
import { refusal } from '../../../node/command-error.ts';
import { holdFile } from '../../../node/kernel-lock.ts';

/** A file to be written, its path relative to the authority's folder. */
export interface Output {
  readonly path: string;
  readonly content: Bytes | string;
  /** Holds private keys: mode 0600. A new one never takes the place of another file. */
  readonly secret?: 'new' | 'replaced';
}

/**
 * Writes all files or none, whenever it is killed: they are written and flushed aside, the renaming
 * of that folder is the one moment that counts, and `finish` moves them to their places.
 */
export async function writeAll(dir: string, outputs: readonly Output[]): Promise<void> {
  const { aside, ready } = folders(dir);
  const taken = outputs.find(({ path, secret }) => secret === 'new' && existsSync(join(dir, path)));
  if (taken) throw refusal(`${taken.path} exists; nothing was written`);
  await rm(aside, { recursive: true, force: true });
  for (const output of outputs) await write(join(aside, output.path), output);
  await rename(aside, ready);
  await finish(dir);
}

/** Runs `work` while no other command writes into the folder. */
export async function exclusively(dir: string, work: () => Promise<void>): Promise<void> {
  const release = holdFile(join(dir, '.held'));
  if (!release) throw refusal('another command is writing here; try again in a minute');
  try {
    await rm(join(dir, '.lock'), { recursive: true, force: true }); // of the first version
    await work();
  } finally {
    release();
  }
}

/** Moves what an earlier, interrupted command had ready to its places. */
export async function finish(dir: string): Promise<void> {
  const { ready } = folders(dir);
  if (!existsSync(ready)) return;
  const items = await readdir(ready, { recursive: true, withFileTypes: true });
  const files = items
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name));
  // the bundle last: a phone that comes in between finds what the old one pins, or tries again
  for (const file of files.sort((a, b) => Number(isBundle(a)) - Number(isBundle(b)))) {
    const place = join(dir, relative(ready, file));
    await mkdir(dirname(place), {
      recursive: true,
      mode: relative(ready, file).startsWith('private') ? 0o700 : 0o755,
    });
    await rename(file, place);
  }
  await rm(ready, { recursive: true });
}

/** For a dry run, which may not even tidy up. */
export function refuseInterrupted(dir: string): void {
  if (!isInterrupted(dir)) return;
  throw refusal('a command was interrupted while writing; run one without --dry-run to finish it');
}

export const isInterrupted = (dir: string): boolean => existsSync(folders(dir).ready);

const folders = (dir: string) => ({ aside: join(dir, '.next'), ready: join(dir, '.ready') });
const isBundle = (path: string): boolean => /[\\/]v1[\\/]bundle(?:s[\\/][^\\/]+)?$/.test(path);

async function write(path: string, { content, secret }: Output): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', secret ? 0o600 : 0o644);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Private keys inside a work tree end up in a commit sooner or later. */
export function refuseWorkTree(dir: string): void {
  for (let folder = dir; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      throw refusal(`${dir} is inside a git work tree; keys could be committed`);
    }
    if (folder === dirname(folder)) return;
  }
}
