import { readFileSync, statSync } from 'node:fs';
import type { Bytes } from '../../core/units.ts';

/** Reads files anew only when they are other ones than before. */
export function freshFiles(): (path: string) => Bytes | undefined {
  const known = new Map<string, { readonly stamp: string; readonly bytes: Bytes }>();
  return (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) {
      known.delete(path);
      return undefined;
    }
    const stamp = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.bytes;
    const bytes = Uint8Array.from(readFileSync(path));
    if (known.size >= maxKnown) known.clear();
    known.set(path, { stamp, bytes });
    return bytes;
  };
}

const maxKnown = 64;
