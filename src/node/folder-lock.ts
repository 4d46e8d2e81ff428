import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { holdFile } from './kernel-lock.ts';

/** Thrown when another hub that is alive holds the folder. */
export class FolderInUse extends Error {}

/**
 * Makes the folder and holds it for this process: two embedded databases on the same files would
 * destroy them. The kernel forgets the lock of a hub that was killed. Returns how to let go.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'hub.lock');
  const release = holdFile(file);
  if (!release) throw new FolderInUse(file);
  rmSync(join(folder, 'hub.pid'), { force: true }); // the first version's lock, which only named a process
  return release;
}

/**
 * Nobody but the hub's own user reads or writes here, whatever an earlier hub or a copy left. PGlite
 * makes its files 0666 past the umask, so while it runs it is the folder that keeps others out.
 */
export function closeToOthers(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  if ((stat.mode & 0o077) !== 0) chmodSync(path, stat.mode & 0o700);
  if (!stat.isDirectory()) return;
  for (const name of readdirSync(path)) closeToOthers(join(path, name));
}
