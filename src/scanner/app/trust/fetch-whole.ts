import { concat } from '../../../core/bytes.ts';
import type { Bytes } from '../../../core/units.ts';
import type { FilePart, Remote, RemoteAnswer } from '../../../ports/remote.ts';

/** Beginnings of files whose transfer broke off, by path: the next try goes on from there. */
export type Beginnings = Map<string, { readonly etag: string | undefined; readonly bytes: Bytes }>;

/** A try that brings less than this stands still; so many in a row and the line is dead for now. */
const leastBytes = 512;
const maxIdle = 3;
/** Beginnings kept in memory: the bundle's and one list's. */
const maxHeld = 2;

/**
 * Gets a file in as many pieces as the line breaks it into (RFC 9110 section 14), going on at once
 * while each try brings something. `If-Range` makes the hub send a changed file whole; that the pieces
 * fit is for the pin or the signature to say. What came before the line died stays for the next time.
 */
export async function fetchWhole(
  remote: Remote,
  path: string,
  options: { readonly etag?: string; readonly maxBytes: number },
  beginnings: Beginnings,
): Promise<RemoteAnswer> {
  const { maxBytes } = options;
  for (let idle = 0; idle < maxIdle; ) {
    const start = beginnings.get(path);
    const after = start && { bytes: start.bytes.length, ...(start.etag && { etag: start.etag }) };
    const answer = await remote.get(path, after ? { maxBytes, after } : options);
    if (answer.kind === 'offline') {
      if (!answer.part && !answer.silent) return answer;
      const gained = answer.part ? keep(beginnings, path, answer.part) : 0;
      idle = gained < leastBytes ? idle + 1 : 0;
      continue;
    }
    beginnings.delete(path);
    if (!start || (answer.status !== 206 && answer.status !== 416)) return answer;
    const body = concat(start.bytes, answer.body);
    const fits = answer.from === start.bytes.length && body.length <= maxBytes;
    if (answer.status === 206 && fits) return { ...answer, status: 200, body };
    idle += 1; // no such rest of this file: from the beginning
  }
  return { kind: 'offline', silent: true };
}

/** Bytes by which it brought the file forward; none where it began anew. */
function keep(beginnings: Beginnings, path: string, { from, etag: tag, body }: FilePart): number {
  const etag = tag?.replace(/^W\//, ''); // weak where it came in a coding
  const start = beginnings.get(path);
  if (from > 0 && from !== start?.bytes.length) return 0;
  const isAnew = from === 0 && start !== undefined;
  if (isAnew && start.etag === etag && body.length <= start.bytes.length) return 0;
  beginnings.delete(path);
  beginnings.set(path, {
    etag: etag ?? start?.etag,
    bytes: from > 0 && start ? concat(start.bytes, body) : body,
  });
  for (const oldest of beginnings.keys()) {
    if (beginnings.size <= maxHeld) break;
    beginnings.delete(oldest);
  }
  return isAnew ? 0 : body.length;
}
