import { fromUtf8, sha256Hex } from '../../../core/bytes.ts';
import { limits } from '../../../core/limits.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { TrustFiles } from '../../../core/trust/accept.ts';
import { type Bundle, parseBundle } from '../../../core/trust/bundle.ts';
import { acceptNextRoot, openPinnedRoot } from '../../../core/trust/root.ts';
import { peekSignedFile } from '../../../core/trust/signed-file.ts';
import type { Bytes } from '../../../core/units.ts';
import type { RemoteAnswer } from '../../../ports/remote.ts';

/** Why a fetch brought nothing: no hub, or something that is not what it should be (for the help desk). */
export type FetchProblem = 'offline' | { readonly refused: string };

/** Gets one of the hub's static files, going on where the line broke off before. */
export type GetFile = (
  path: string,
  options: { readonly etag?: string; readonly maxBytes: number },
) => Promise<RemoteAnswer>;

/**
 * Roots after the held ones, each checked as it comes: a captive portal that answers everything is
 * noticed at the first. The set as a whole is judged later.
 */
export async function fetchRoots(
  get: GetFile,
  pinnedRoot: Bytes,
  held: readonly Bytes[],
): Promise<Result<readonly Bytes[], FetchProblem>> {
  const roots = [...held];
  let root = await openPinnedRoot(pinnedRoot);
  for (const file of held) root = root.ok ? await acceptNextRoot(root.value, file) : root;
  while (root.ok && roots.length < limits.rootHops) {
    const path = `/v1/root/${root.value.version + 1}`;
    const answer = await get(path, { maxBytes: limits.rootBytes });
    if (answer.kind === 'offline') return err('offline');
    if (answer.status !== 200) break;
    root = await acceptNextRoot(root.value, answer.body);
    if (root.ok) roots.push(answer.body);
  }
  return root.ok ? ok(roots) : err({ refused: `root:${root.error}` });
}

/** Lists by the SHA-256 their bundle pins: what is held already, or came before a cut, is not fetched again. */
export type ListPool = Map<string, string>;

/** Every list a bundle pins, through the pool. The bundle is not verified yet; what it names is only fetched. */
export async function fetchLists(
  get: GetFile,
  bundleFile: Bytes,
  pool: ListPool,
): Promise<Result<TrustFiles['lists'], FetchProblem>> {
  const bundle = readBundle(bundleFile);
  if (!bundle.ok) return err({ refused: `bundle:${bundle.error}` });
  const lists: Record<string, TrustFiles['lists'][string]> = {};
  for (const { id, list: pin } of bundle.value.issuers) {
    if (!pin) continue;
    const list = await fetchPinned(get, `/v1/lists/${id}/${pin.day}`, pin.sha256, pool);
    if (!list.ok) return list;
    lists[id] = { list: list.value };
    if (!pin.delta) continue;
    const delta = await fetchPinned(get, `/v1/deltas/${id}`, pin.delta.sha256, pool);
    if (!delta.ok) return delta;
    lists[id] = { list: list.value, delta: delta.value };
  }
  return ok(lists);
}

/** What an accepted set brings into the pool. */
export function pooled({ issuers }: Bundle, lists: TrustFiles['lists']): ListPool {
  const pool: ListPool = new Map();
  for (const { id, list: pin } of issuers) {
    const files = lists[id];
    if (!pin || !files) continue;
    pool.set(pin.sha256, files.list);
    if (pin.delta && files.delta !== undefined) pool.set(pin.delta.sha256, files.delta);
  }
  return pool;
}

function readBundle(file: Bytes) {
  const payload = peekSignedFile(file, limits.bundleBytes);
  return payload.ok ? parseBundle(payload.value) : payload;
}

async function fetchPinned(
  get: GetFile,
  path: string,
  sha256: string,
  pool: ListPool,
): Promise<Result<string, FetchProblem>> {
  const known = pool.get(sha256);
  if (known !== undefined) return ok(known);
  const answer = await get(path, { maxBytes: limits.listBytes });
  if (answer.kind === 'offline') return err('offline');
  if (answer.status !== 200) return err({ refused: `list:http-${answer.status}` });
  const text = (await sha256Hex(answer.body)) === sha256 ? fromUtf8(answer.body) : undefined;
  if (text === undefined) return err({ refused: 'list:pin-mismatch' });
  pool.set(sha256, text);
  return ok(text);
}
