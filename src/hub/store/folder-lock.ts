import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Thrown when another hub that is alive holds the folder. */
export class FolderInUse extends Error {}

/**
 * Makes the folder and holds it for this process: two embedded databases on the same files would
 * destroy them. A lock left behind by a killed hub is taken over. Returns how to let go.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'hub.pid');
  try {
    write(file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    if (isHeld(file)) throw new FolderInUse(file);
    rmSync(file);
    write(file);
  }
  return () => rmSync(file, { force: true });
}

function write(file: string): void {
  const handle = openSync(file, 'wx');
  writeSync(handle, String(process.pid));
  closeSync(handle);
}

function isHeld(file: string): boolean {
  const pid = Number(readFileSync(file, 'utf8'));
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
