import { sha256Hex } from '../bytes.ts';
import { limits } from '../limits.ts';
import { err, ok, type Result } from '../result.ts';
import type { Bytes, EpochSeconds } from '../units.ts';
import { type Bundle, type IssuerEntry, parseBundle } from './bundle.ts';
import { type ListFiles, openList } from './lists/lists.ts';
import type { StatusList } from './lists/status-list.ts';
import type { TrustProblem } from './problem.ts';
import { acceptNextRoot, keySetName, openPinnedRoot, type Root } from './root.ts';
import { openSignedFile } from './signed-file.ts';
import { type TrustView, trustView } from './view.ts';

/** One complete set of trust files, as received. */
export interface TrustFiles {
  /** Root 1, compiled into the app. */
  readonly pinnedRoot: Bytes;
  /** Roots 2, 3 … in order. */
  readonly roots: readonly Bytes[];
  readonly bundle: Bytes;
  readonly lists: Readonly<Record<string, ListFiles>>;
}

/** The highest versions ever accepted. They outlive the files and only grow: no rollback. */
export interface TrustMarks {
  readonly root: number;
  readonly bundle?: { readonly version: number; readonly sha256: string; readonly keys: string };
  readonly lists: Readonly<Record<string, number>>;
}
export const noMarks: TrustMarks = { root: 0, lists: {} };

/** Which file was refused, and why. */
export interface TrustRefusal {
  readonly problem: TrustProblem;
  readonly file: 'root' | 'bundle' | 'list';
  /** Issuer of the list. */
  readonly issuer?: string;
}

/** An accepted set: what to decide with, and the marks to keep. */
export interface AcceptedTrust {
  readonly view: TrustView;
  readonly marks: TrustMarks;
}

/**
 * Accepts a whole set or none of it: root chain, bundle, every pinned list (protocol 3). With `now`
 * (a download, and a clock that is sure) what has expired is refused, and what is dated further ahead
 * than clocks may differ; without it is taken as it is, to be opened from disk, where the expiry ends
 * in verdicts instead. `wants`: the issuers whose lists are needed; of the others there is none in the view.
 */
export async function acceptTrust(
  files: TrustFiles,
  marks: TrustMarks,
  now?: EpochSeconds,
  wants: (issuer: IssuerEntry) => boolean = () => true,
): Promise<Result<AcceptedTrust, TrustRefusal>> {
  const root = await acceptRoots(files, marks);
  if (!root.ok) return err({ file: 'root', problem: root.error });
  if (now !== undefined && now >= root.value.exp) return err({ file: 'root', problem: 'expired' });

  const bundle = await acceptBundle(files.bundle, root.value, marks, now);
  if (!bundle.ok) return err({ file: 'bundle', problem: bundle.error });

  const lists = await acceptLists(
    bundle.value.bundle,
    files.lists,
    listMarksFor(root.value, marks),
    { now, wants },
  );
  if (!lists.ok) return lists;
  return ok({
    view: trustView(root.value, bundle.value.bundle, lists.value.lists),
    marks: { root: root.value.version, bundle: bundle.value.mark, lists: lists.value.marks },
  });
}

/** Walks from the pinned root to the newest: each hop signed by both sides, at most 32. */
async function acceptRoots(
  { pinnedRoot, roots }: TrustFiles,
  marks: TrustMarks,
): Promise<Result<Root, TrustProblem>> {
  if (roots.length > limits.rootHops) return err('too-large');
  let root = await openPinnedRoot(pinnedRoot);
  for (const file of roots) {
    if (!root.ok) return root;
    root = await acceptNextRoot(root.value, file);
  }
  return root.ok && root.value.version < marks.root ? err('rolled-back') : root;
}

/** Signed by a clock that runs ahead of a sure one: refused, not believed (protocol 5.3). */
const isAhead = ({ iat }: { readonly iat: number }, now: EpochSeconds | undefined): boolean =>
  now !== undefined && iat > now + limits.skewS;

type BundleMark = NonNullable<TrustMarks['bundle']>;

async function acceptBundle(
  file: Bytes,
  root: Root,
  marks: TrustMarks,
  now: EpochSeconds | undefined,
): Promise<Result<{ bundle: Bundle; mark: BundleMark }, TrustProblem>> {
  const payload = await openSignedFile(file, {
    typ: 'kakou-bundle+jws',
    keys: root.bundleKeys,
    threshold: root.bundleThreshold,
    maxBytes: limits.bundleBytes,
  });
  if (!payload.ok) return payload;
  const parsed = parseBundle(payload.value);
  if (!parsed.ok) return parsed;
  const bundle = parsed.value;
  if (bundle.root > root.version) return err('wrong-root');
  if (bundle.exp <= bundle.iat || bundle.exp - bundle.iat > limits.bundleS) return err('lifetime');
  if (now !== undefined && now >= bundle.exp) return err('expired');
  if (isAhead(bundle, now)) return err('dated-ahead');
  const mark = {
    version: bundle.version,
    sha256: await sha256Hex(file),
    keys: keySetName(root.bundleKeys),
  };
  const problem = againstMark(mark, marks.bundle);
  return problem ? err(problem) : ok({ bundle, mark });
}

/** A root that changed the bundle keys resets the mark: the old keys may have run it up. */
function againstMark(next: BundleMark, known: BundleMark | undefined): TrustProblem | undefined {
  if (!known || known.keys !== next.keys) return undefined;
  if (next.version < known.version) return 'rolled-back';
  const isOther = next.version === known.version && next.sha256 !== known.sha256;
  return isOther ? 'same-version-other-bytes' : undefined;
}

/** List versions come from the bundle: lost bundle keys may have run them up too (TUF 1.0.34 5.3.11). */
const listMarksFor = (root: Root, { bundle, lists }: TrustMarks): TrustMarks['lists'] =>
  bundle && bundle.keys !== keySetName(root.bundleKeys) ? {} : lists;

async function acceptLists(
  bundle: Bundle,
  files: TrustFiles['lists'],
  marks: TrustMarks['lists'],
  {
    now,
    wants,
  }: {
    readonly now: EpochSeconds | undefined;
    readonly wants: (issuer: IssuerEntry) => boolean;
  },
): Promise<
  Result<{ lists: Map<string, StatusList>; marks: Record<string, number> }, TrustRefusal>
> {
  const lists = new Map<string, StatusList>();
  const listMarks: Record<string, number> = { ...marks };
  for (const issuer of bundle.issuers) {
    if (!issuer.list || !wants(issuer)) continue;
    const refuse = (problem: TrustProblem) =>
      err({ file: 'list', issuer: issuer.id, problem } as const);
    const list = await openList(issuer, issuer.list, files[issuer.id], bundle);
    if (!list.ok) return refuse(list.error);
    if (isAhead(list.value, now)) return refuse('dated-ahead');
    if (list.value.version < (listMarks[issuer.id] ?? 0)) return refuse('rolled-back');
    listMarks[issuer.id] = list.value.version;
    lists.set(issuer.id, list.value);
  }
  return ok({ lists, marks: listMarks });
}
