import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromUtf8, sha256Hex } from '../core/bytes.ts';
import { isIssuerId } from '../core/ids.ts';
import { limits } from '../core/limits.ts';
import { type Bundle, parseBundle } from '../core/trust/bundle.ts';
import type { ListFiles } from '../core/trust/lists/lists.ts';
import { peekSignedFile } from '../core/trust/signed-file.ts';
import type { Bytes } from '../core/units.ts';

/** What a folder of trust files holds. Nothing is verified: that is for `acceptTrust`. */
export interface FolderFiles {
  /** Roots 1, 2 … without a gap. */
  readonly roots: readonly Bytes[];
  readonly bundle?: Bytes;
  readonly lists: Readonly<Record<string, ListFiles>>;
}

/** Where the files of a static host lie: `DIR/v1` as it serves them (protocol 8), or `DIR` itself. */
export const hostFolder = (folder: string): string =>
  existsSync(join(folder, 'v1')) ? join(folder, 'v1') : folder;

/** Reads a static host's folder: `root/N`, `bundle`, `lists/ISSUER/DAY`, `deltas/ISSUER`. */
export async function readFolder(folder: string, bundleFile = 'bundle'): Promise<FolderFiles> {
  const host = hostFolder(folder);
  const roots: Bytes[] = [];
  while (roots.length <= limits.rootHops) {
    const root = await readIfThere(join(host, 'root', String(roots.length + 1)));
    if (!root) break;
    roots.push(root);
  }
  const bundle = await readIfThere(join(host, bundleFile));
  if (!bundle) return { roots, lists: {} };
  return { roots, bundle, lists: await readLists(peekBundle(bundle)?.issuers ?? [], [host]) };
}

/** The bundles of regions that lie beside the one of all, by region; a broken one is passed over. */
export async function regionalBundles(folder: string): Promise<Map<string, Bundle>> {
  const host = join(hostFolder(folder), 'bundles');
  const names = await readdir(host).catch(() => []);
  const found = new Map<string, Bundle>();
  for (const name of names.filter(isIssuerId)) {
    const file = await readIfThere(join(host, name));
    const bundle = file && peekBundle(file);
    if (bundle) found.set(name, bundle);
  }
  return found;
}

/**
 * The lists these issuers pin, each from the first of the folders that has it as it is pinned: of one
 * day there may be the ceremony's and that of a service which has taken over since.
 */
export async function readLists(
  issuers: Bundle['issuers'],
  hosts: readonly string[],
): Promise<Record<string, ListFiles>> {
  const lists: Record<string, ListFiles> = {};
  for (const { id, list: pin } of issuers) {
    const list = pin && (await readText(hosts, pin, 'lists', id, pin.day));
    if (list === undefined) continue;
    const delta = pin?.delta && (await readText(hosts, pin.delta, 'deltas', id));
    lists[id] = delta === undefined ? { list } : { list, delta };
  }
  return lists;
}

/** A bundle's content, believed for nothing but finding what belongs to it. */
export function peekBundle(file: Bytes): Bundle | undefined {
  const payload = peekSignedFile(file, limits.bundleBytes);
  const bundle = payload.ok ? parseBundle(payload.value) : payload;
  return bundle.ok ? bundle.value : undefined;
}

/** As pinned; else as the first folder has it, for whoever opens it to refuse. */
async function readText(
  hosts: readonly string[],
  { sha256 }: { readonly sha256: string },
  ...path: string[]
): Promise<string | undefined> {
  let other: Bytes | undefined;
  for (const host of hosts) {
    const bytes = await readIfThere(join(host, ...path));
    if (bytes && (hosts.length === 1 || (await sha256Hex(bytes)) === sha256))
      return fromUtf8(bytes);
    other ??= bytes;
  }
  return other && fromUtf8(other);
}

async function readIfThere(path: string): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return undefined;
  }
}
