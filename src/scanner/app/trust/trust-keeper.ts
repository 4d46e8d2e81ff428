import { limits } from '../../../core/limits.ts';
import {
  type AcceptedTrust,
  acceptTrust,
  noMarks,
  type TrustFiles,
  type TrustMarks,
} from '../../../core/trust/accept.ts';
import { holdsKey } from '../../../core/trust/demo-keys.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import type { Bytes, EpochSeconds } from '../../../core/units.ts';
import type { Remote } from '../../../ports/remote.ts';
import type { TrustStore } from '../stores.ts';
import { type Beginnings, fetchWhole } from './fetch-whole.ts';
import {
  type FetchProblem,
  fetchLists,
  fetchRoots,
  type GetFile,
  type ListPool,
  pooled,
} from './trust-fetch.ts';

/** How a refresh ended. Only `updated` changed what is in force; `partly`: the line broke, and brought something. */
export type RefreshOutcome =
  | { readonly kind: 'updated' | 'unchanged' | 'offline' | 'partly' }
  | { readonly kind: 'refused'; readonly problem: string };

export interface TrustKeeper {
  /** The set in force, or undefined when none was ever accepted. */
  view(): TrustView | undefined;
  /** Some key of the root or the bundle in force is a demo key. */
  isDemo(): boolean;
  /**
   * Fetches what is newer (roots, bundle, lists) and accepts it whole or not at all; the set in force
   * stays until then. `now` only when the clock is good: an expired download is refused by it.
   */
  refresh(remote: Remote, now: EpochSeconds | undefined): Promise<RefreshOutcome>;
}

/**
 * Owns the trust set: opens the stored one, keeps it through failures, replaces it in one write. What
 * was accepted is in force at once, whether or not it could be written.
 */
export async function createTrustKeeper(
  store: TrustStore,
  pinnedRoot: Bytes,
  demoKeys: readonly string[] = [],
): Promise<TrustKeeper> {
  const stored = await store.load();
  let marks = (stored?.marks as TrustMarks | undefined) ?? noMarks;
  let files: TrustFiles | undefined = stored && {
    pinnedRoot,
    roots: stored.roots,
    bundle: stored.bundle,
    lists: stored.lists,
  };
  const opened = files && (await acceptTrust(files, marks));
  let accepted: AcceptedTrust | undefined = opened?.ok ? opened.value : undefined;
  const beginnings: Beginnings = new Map();
  let isSaved = true;
  let etag: string | undefined;
  let pool: ListPool = accepted && files ? pooled(accepted.view.bundle, files.lists) : new Map();

  async function take(next: TrustFiles, now: EpochSeconds | undefined): Promise<RefreshOutcome> {
    const result = await acceptTrust(next, marks, now);
    if (!result.ok) {
      const { file, issuer, problem } = result.error;
      return { kind: 'refused', problem: [file, issuer, problem].filter(Boolean).join(':') };
    }
    accepted = result.value;
    files = next;
    marks = accepted.marks;
    pool = pooled(accepted.view.bundle, next.lists);
    isSaved = false;
    await save();
    return { kind: 'updated' };
  }

  /** A disk that takes nothing keeps no revocation from being in force: saved with a later refresh. */
  async function save(): Promise<void> {
    if (isSaved || !accepted || !files) return;
    const { roots, bundle, lists } = files;
    const rootVersion = accepted.view.root.version;
    isSaved = await store.save({ rootVersion, roots, bundle, lists, marks }).then(
      () => true,
      () => false,
    );
  }

  async function refresh(get: GetFile, now: EpochSeconds | undefined): Promise<RefreshOutcome> {
    const roots = await fetchRoots(get, pinnedRoot, files?.roots ?? []);
    if (!roots.ok) return outcomeOf(roots.error);
    const answer = await get('/v1/bundle', {
      ...(etag !== undefined && accepted && { etag }),
      maxBytes: limits.bundleBytes,
    });
    if (answer.kind === 'offline') return { kind: 'offline' };
    const isOld = answer.status === 304 || (accepted && isSame(answer.body, files?.bundle));
    if (isOld && roots.value.length === (files?.roots.length ?? 0)) {
      etag = answer.etag ?? etag;
      return { kind: 'unchanged' };
    }
    const bundle = answer.status === 304 ? files?.bundle : answer.body;
    if (!bundle || (answer.status !== 200 && answer.status !== 304)) {
      return { kind: 'refused', problem: `bundle:http-${answer.status}` };
    }
    const lists = await fetchLists(get, bundle, pool);
    if (!lists.ok) return outcomeOf(lists.error);
    const next = { pinnedRoot, roots: roots.value, bundle, lists: lists.value };
    const outcome = await take(next, now);
    if (outcome.kind === 'updated') etag = answer.etag ?? etag;
    return outcome;
  }

  return {
    view: () => accepted?.view,
    isDemo: () => holdsKey([accepted?.view.root, accepted?.view.bundle], demoKeys),
    async refresh(remote, now) {
      await save();
      const before = bytesIn(beginnings, pool);
      const get: GetFile = (path, options) => fetchWhole(remote, path, options, beginnings);
      const outcome = await refresh(get, now);
      if (outcome.kind === 'updated') beginnings.clear();
      const isFurther = outcome.kind === 'offline' && bytesIn(beginnings, pool) > before;
      return isFurther ? { kind: 'partly' } : outcome;
    },
  };
}

const bytesIn = (beginnings: Beginnings, pool: ListPool): number =>
  [...beginnings.values()].reduce((sum, { bytes }) => sum + bytes.length, 0) +
  [...pool.values()].reduce((sum, text) => sum + text.length, 0);

const outcomeOf = (problem: FetchProblem): RefreshOutcome =>
  problem === 'offline' ? { kind: 'offline' } : { kind: 'refused', problem: problem.refused };

const isSame = (a: Bytes, b: Bytes | undefined): boolean =>
  b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
