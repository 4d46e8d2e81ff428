import { fromUtf8 } from '../core/bytes.ts';
import { limits } from '../core/limits.ts';
import {
  type AcceptedTrust,
  acceptTrust,
  noMarks,
  type TrustFiles,
  type TrustMarks,
} from '../core/trust/accept.ts';
import { type Bundle, parseBundle } from '../core/trust/bundle.ts';
import { peekSignedFile } from '../core/trust/signed-file.ts';
import type { TrustView } from '../core/trust/view.ts';
import type { Bytes, EpochSeconds } from '../core/units.ts';
import type { Remote, RemoteAnswer, TrustStore } from './ports.ts';

/** How a refresh ended. Only `updated` changed what is in force. */
export type RefreshOutcome =
  | { readonly kind: 'updated' | 'unchanged' | 'offline' }
  | { readonly kind: 'refused'; readonly problem: string };

export interface TrustKeeper {
  /** The set in force, or undefined when none was ever accepted. */
  view(): TrustView | undefined;
  /**
   * Fetches what is newer (roots, bundle, lists) and accepts it whole or not at all; the set in force
   * stays until then. `now` only when the clock is good: an expired download is refused by it.
   */
  refresh(remote: Remote, now: EpochSeconds | undefined): Promise<RefreshOutcome>;
}

/** Owns the trust set: opens the stored one, keeps it through failures, replaces it in one write. */
export async function createTrustKeeper(
  store: TrustStore,
  pinnedRoot: Bytes,
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
  let etag: string | undefined;

  async function take(next: TrustFiles, now: EpochSeconds | undefined): Promise<RefreshOutcome> {
    const result = await acceptTrust(next, marks, now);
    if (!result.ok) {
      const { file, issuer, problem } = result.error;
      return { kind: 'refused', problem: [file, issuer, problem].filter(Boolean).join(':') };
    }
    const { roots, bundle, lists } = next;
    const rootVersion = result.value.view.root.version;
    await store.save({ rootVersion, roots, bundle, lists, marks: result.value.marks });
    accepted = result.value;
    files = next;
    marks = accepted.marks;
    return { kind: 'updated' };
  }

  return {
    view: () => accepted?.view,
    async refresh(remote, now) {
      const roots = await fetchRoots(remote, accepted?.view.root.version ?? 1, files?.roots ?? []);
      if (!roots) return { kind: 'offline' };
      const answer = await remote.get('/v1/bundle', {
        ...(etag !== undefined && accepted && { etag }),
        maxBytes: limits.bundleBytes,
      });
      if (answer.kind === 'offline') return { kind: 'offline' };
      if (answer.status === 304) return { kind: 'unchanged' };
      if (answer.status !== 200)
        return { kind: 'refused', problem: `bundle:http-${answer.status}` };
      if (
        accepted &&
        files &&
        isSame(answer.body, files.bundle) &&
        roots.length === files.roots.length
      ) {
        etag = answer.etag;
        return { kind: 'unchanged' };
      }
      const lists = await fetchLists(remote, answer.body, files, accepted?.view.bundle);
      if (!lists.ok) return lists.outcome;
      const outcome = await take(
        { pinnedRoot, roots, bundle: answer.body, lists: lists.value },
        now,
      );
      if (outcome.kind === 'updated') etag = answer.etag;
      return outcome;
    },
  };
}

const isSame = (a: Bytes, b: Bytes): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Roots after the newest held one, until the host has no more. Undefined when it cannot be reached. */
async function fetchRoots(
  remote: Remote,
  newest: number,
  held: readonly Bytes[],
): Promise<readonly Bytes[] | undefined> {
  const roots = [...held];
  for (let version = newest + 1; roots.length < limits.rootHops; version++) {
    const answer = await remote.get(`/v1/root/${version}`, { maxBytes: limits.rootBytes });
    if (answer.kind === 'offline') return undefined;
    if (answer.status !== 200) break;
    roots.push(answer.body);
  }
  return roots;
}

type Lists = TrustFiles['lists'];
type FetchedLists =
  | { readonly ok: true; readonly value: Lists }
  | { readonly ok: false; readonly outcome: RefreshOutcome };

/** Every list the new bundle pins; one already held with the same hash is not fetched again. */
async function fetchLists(
  remote: Remote,
  bundleFile: Bytes,
  held: TrustFiles | undefined,
  heldBundle: Bundle | undefined,
): Promise<FetchedLists> {
  const payload = peekSignedFile(bundleFile, limits.bundleBytes);
  const bundle = payload.ok ? parseBundle(payload.value) : payload;
  if (!bundle.ok)
    return { ok: false, outcome: { kind: 'refused', problem: `bundle:${bundle.error}` } };
  const lists: Record<string, Lists[string]> = {};
  for (const { id, list: pin } of bundle.value.issuers) {
    if (!pin) continue;
    const heldPin = heldBundle?.issuers.find((issuer) => issuer.id === id)?.list;
    const known = held?.lists[id];
    const list = heldPin?.sha256 === pin.sha256 ? known?.list : undefined;
    const delta = heldPin?.delta?.sha256 === pin.delta?.sha256 ? known?.delta : undefined;
    const fullText = list ?? (await fetchText(remote, `/v1/lists/${id}/${pin.day}`));
    const deltaText = pin.delta && (delta ?? (await fetchText(remote, `/v1/deltas/${id}`)));
    if (fullText === undefined || (pin.delta && deltaText === undefined)) {
      return { ok: false, outcome: { kind: 'offline' } };
    }
    lists[id] = { list: fullText, ...(deltaText !== undefined && { delta: deltaText }) };
  }
  return { ok: true, value: lists };
}

async function fetchText(remote: Remote, path: string): Promise<string | undefined> {
  const answer: RemoteAnswer = await remote.get(path, { maxBytes: limits.listBytes });
  return answer.kind === 'answer' && answer.status === 200 ? fromUtf8(answer.body) : undefined;
}
