import { readFile } from 'node:fs/promises';
import { readFolder } from '../authority/trust-folder.ts';
import { acceptTrust, noMarks, type TrustFiles } from '../core/trust/accept.ts';
import type { TrustView } from '../core/trust/view.ts';
import { pinnedRoot } from '../demo/demo-keys.ts';
import { CommandError, exit } from '../node/command-error.ts';

/** Opens a set of trust files with the scanner's own code; refused → `trust-refused`, saying why. */
export async function openTrustFiles(files: TrustFiles): Promise<TrustView> {
  const accepted = await acceptTrust(files, noMarks);
  if (accepted.ok) return accepted.value.view;
  const { file, issuer, problem } = accepted.error;
  throw new CommandError(
    `trust ${file} ${issuer ?? ''} refused: ${problem}`,
    exit.data,
    'trust-refused',
  );
}

/**
 * Reads a folder laid out like the static host: `v1/root/N`, `v1/bundle`, `v1/lists/ISSUER/DAY`,
 * `v1/deltas/ISSUER`. Root 1 is the file `root`, or else the pinned one of this repository: never
 * the folder's own.
 */
export async function readTrustFolder(folder: string, root?: string): Promise<TrustFiles> {
  const { roots, bundle, lists } = await readFolder(folder);
  if (!bundle)
    throw new CommandError('the trust folder holds no bundle', exit.data, 'trust-missing');
  const first = root === undefined ? pinnedRoot() : await readRoot(root);
  return { pinnedRoot: first, roots: roots.slice(1), bundle, lists };
}

async function readRoot(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch {
    throw new CommandError('the file of root 1 cannot be read', exit.data, 'trust-missing');
  }
}
