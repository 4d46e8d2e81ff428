import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../core/bytes.ts';
import { limits } from '../core/limits.ts';
import { acceptTrust, noMarks, type TrustFiles } from '../core/trust/accept.ts';
import { type Bundle, parseBundle } from '../core/trust/bundle.ts';
import type { ListFiles } from '../core/trust/lists.ts';
import { peekSignedFile } from '../core/trust/signed-file.ts';
import type { TrustView } from '../core/trust/view.ts';
import type { Bytes } from '../core/units.ts';
import { pinnedRoot } from '../issuer/keys.ts';
import { CliError } from './args.ts';

/** Opens a set of trust files with the scanner's own code; refused → `trust-refused`, saying why. */
export async function openTrustFiles(files: TrustFiles): Promise<TrustView> {
  const accepted = await acceptTrust(files, noMarks);
  if (accepted.ok) return accepted.value.view;
  const { file, issuer, problem } = accepted.error;
  throw new CliError('trust-refused', `Trust ${file} ${issuer ?? ''} refused: ${problem}.`);
}

/**
 * Reads a folder laid out like the static host: `root/N`, `bundle`, `lists/ISSUER/DAY`,
 * `deltas/ISSUER`. Root 1 is the pinned one of this repository, whatever the folder holds.
 */
export async function readTrustFolder(folder: string): Promise<TrustFiles> {
  const bundle = await readIfThere(join(folder, 'bundle'));
  if (!bundle) throw new CliError('trust-missing', 'The trust folder holds no bundle.');
  const roots: Bytes[] = [];
  for (let version = 2; version <= limits.rootHops + 1; version++) {
    const root = await readIfThere(join(folder, 'root', String(version)));
    if (!root) break;
    roots.push(root);
  }
  return { pinnedRoot: pinnedRoot(), roots, bundle, lists: await readLists(folder, bundle) };
}

async function readLists(folder: string, file: Bytes): Promise<Record<string, ListFiles>> {
  const lists: Record<string, ListFiles> = {};
  for (const { id, list: pin } of peekIssuers(file)) {
    const list = pin && (await readTextIfThere(join(folder, 'lists', id, pin.day)));
    if (list === undefined) continue;
    const delta = pin?.delta && (await readTextIfThere(join(folder, 'deltas', id)));
    lists[id] = delta === undefined ? { list } : { list, delta };
  }
  return lists;
}

/** Only to learn which lists to read; nothing is believed before `acceptTrust`. */
function peekIssuers(file: Bytes): Bundle['issuers'] {
  const payload = peekSignedFile(file, limits.bundleBytes);
  const bundle = payload.ok ? parseBundle(payload.value) : payload;
  return bundle.ok ? bundle.value.issuers : [];
}

async function readIfThere(path: string): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return undefined;
  }
}

async function readTextIfThere(path: string): Promise<string | undefined> {
  const bytes = await readIfThere(path);
  const text = bytes && new TextDecoder().decode(bytes);
  return text !== undefined && utf8(text).length === bytes?.length ? text : undefined;
}
