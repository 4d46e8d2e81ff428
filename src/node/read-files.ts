import { readFileSync } from 'node:fs';

/** Reads a file named on the command line, `-` for what is piped in; throws where it cannot be read. */
export type ReadFile = (path: string) => Buffer;

export const readOwn: ReadFile = (path) => readFileSync(path === '-' ? 0 : path);

/** What was read, by the name it was asked for: base64. */
export type FilesRead = Readonly<Record<string, string>>;

/** Reads as `read` does and notes what was read, to be read again where those files are not. */
export function noting(read: ReadFile): { readonly read: ReadFile; readonly seen: FilesRead } {
  const seen: Record<string, string> = Object.create(null);
  return {
    seen,
    read(path) {
      const known = seen[path];
      const bytes = known === undefined ? read(path) : Buffer.from(known, 'base64');
      seen[path] = bytes.toString('base64');
      return bytes;
    },
  };
}

/** Reads what was noted, and nothing of this machine. */
export function readingAgain(seen: FilesRead): ReadFile {
  const files = new Map(Object.entries(seen));
  return (path) => {
    const file = files.get(path);
    if (file === undefined) throw new Error('not among the files that were sent');
    return Buffer.from(file, 'base64');
  };
}
