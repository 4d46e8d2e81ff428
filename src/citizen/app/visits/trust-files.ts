import { fromUtf8, sha256Hex } from '../../../core/bytes.ts';
import { limits } from '../../../core/limits.ts';
import { venueTyp } from '../../../core/place/venue-code.ts';
import { acceptTrust, noMarks, type TrustFiles } from '../../../core/trust/accept.ts';
import { type Bundle, type IssuerEntry, parseBundle } from '../../../core/trust/bundle.ts';
import { peekSignedFile } from '../../../core/trust/signed-file.ts';
import type { TrustView } from '../../../core/trust/view.ts';
import { type Bytes, type EpochMillis, toSeconds } from '../../../core/units.ts';
import type { TrustKept } from './visit-store.ts';

/** A trust file of the service's, by its path below `trust`; undefined where none came. */
export type FetchFile = (path: string, maxBytes: number) => Promise<Bytes | undefined>;

/** Of those who sign posters the lists are needed, and of nobody else. */
const signsPosters = ({ keys }: IssuerEntry): boolean =>
  keys.some(({ typs }) => typs.includes(venueTyp));

export interface PosterTrust {
  view(): Promise<TrustView | undefined>;
  /** When they were the newest, by the server's time. */
  newestAt(): Promise<EpochMillis | undefined>;
  /** Fetches what is newer and takes it whole or not at all. `now` only of a clock that is sure. */
  refresh(now: EpochMillis | undefined): Promise<void>;
}

/** The trust files that posters are checked by, kept for a phone without a network. */
export function createPosterTrust(
  store: TrustKept,
  pinnedRoot: Bytes,
  fetchFile: FetchFile,
): PosterTrust {
  let kept: Omit<TrustFiles, 'pinnedRoot'> | undefined;
  let marks = noMarks;
  let view: TrustView | undefined;
  let newestAt: EpochMillis | undefined;

  let opening: Promise<void> | undefined;
  const open = () => {
    opening ??= (async () => {
      const stored = await store.read().catch(() => undefined);
      if (!stored) return;
      marks = stored.marks;
      const { roots, bundle, lists } = stored;
      const files = { roots, bundle, lists };
      const accepted = await acceptTrust({ pinnedRoot, ...files }, marks, undefined, signsPosters);
      if (accepted.ok) [view, kept, newestAt] = [accepted.value.view, files, stored.at];
    })();
    return opening;
  };

  async function refresh(now: EpochMillis | undefined): Promise<void> {
    await open();
    const bundle = await fetchFile('bundle', limits.bundleBytes);
    if (!bundle) return;
    const roots = [...(kept?.roots ?? [])];
    while (roots.length < limits.rootHops) {
      const next = await fetchFile(`root/${roots.length + 2}`, limits.rootBytes);
      if (!next) break;
      roots.push(next);
    }
    const lists = await listsOf(bundle);
    if (!lists) return;
    const files = { roots, bundle, lists };
    const at = now === undefined ? undefined : toSeconds(now);
    const accepted = await acceptTrust({ pinnedRoot, ...files }, marks, at, signsPosters);
    if (!accepted.ok) return; // what is in force stays
    [view, marks, kept, newestAt] = [accepted.value.view, accepted.value.marks, files, now];
    await store
      .keep({ ...files, marks, ...(now !== undefined && { at: now }) })
      .catch(() => undefined); // in force all the same
  }

  /** What is held already under its pin is not fetched again. */
  async function listsOf(file: Bytes): Promise<TrustFiles['lists'] | undefined> {
    const bundle = peek(file);
    if (!bundle) return undefined;
    const held = new Map<string, string>();
    for (const { list, delta } of Object.values(kept?.lists ?? {}))
      for (const text of [list, delta])
        if (text !== undefined) held.set(await sha256Hex(text), text);
    const get = async (path: string, sha256: string) => {
      const known = held.get(sha256);
      if (known !== undefined) return known;
      const bytes = await fetchFile(path, limits.listBytes);
      return bytes && fromUtf8(bytes);
    };
    const lists: Record<string, TrustFiles['lists'][string]> = {};
    for (const { id, list: pin } of bundle.issuers.filter(signsPosters)) {
      if (!pin) continue;
      const list = await get(`lists/${id}/${pin.day}`, pin.sha256);
      const delta = pin.delta && (await get(`deltas/${id}`, pin.delta.sha256));
      if (list === undefined) return undefined;
      lists[id] = { list, ...(delta !== undefined && { delta }) };
    }
    return lists;
  }

  return {
    async view() {
      await open();
      return view;
    },
    async newestAt() {
      await open();
      return newestAt;
    },
    refresh,
  };
}

/** Not verified yet: what it names is only fetched. */
function peek(file: Bytes): Bundle | undefined {
  const payload = peekSignedFile(file, limits.bundleBytes);
  const bundle = payload.ok ? parseBundle(payload.value) : payload;
  return bundle.ok ? bundle.value : undefined;
}
