import type { LogEntry } from '../../../core/log/entry.ts';

/**
 * Seq of the earlier entry that this one is about. One that is about itself, or about what comes
 * later, is about nothing: so reckons `core/log/people.ts`.
 */
export function refOf(entry: LogEntry): number | undefined {
  if (entry.type !== 'decision' && entry.type !== 'manual') return undefined;
  return entry.ref !== undefined && entry.ref < entry.seq ? entry.ref : undefined;
}

/** An entry that was counted before, with its column `root`. */
interface Rooted {
  readonly entry: LogEntry;
  readonly root: number | null;
}

/**
 * Where the chain of references from an entry ends: at one that is about nothing, or at one that has
 * not come. All that hangs together has one root, so that it is found at once. By seq, of old and
 * fresh entries, in ascending order; what is its own root is left out.
 */
export function rootsOf(
  old: readonly Rooted[],
  fresh: readonly { readonly entry: LogEntry }[],
): Map<number, number> {
  const roots = new Map<number, number>();
  const known = new Map(old.map(({ entry, root }) => [entry.seq, root ?? undefined]));
  const ended = (root: number): number => roots.get(root) ?? root;
  for (const { entry } of fresh) {
    const ref = refOf(entry);
    if (ref !== undefined) roots.set(entry.seq, ended(roots.get(ref) ?? known.get(ref) ?? ref));
  }
  for (const [seq, root] of known) if (root !== undefined) roots.set(seq, ended(root));
  return roots;
}
