import { concat, fromHex, sha256, toHex, utf8 } from '../bytes.ts';
import { Fault } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import type { Bytes } from '../units.ts';
import type { EntryDraft, LogEntry, LogHead } from './entry.ts';
import { canonicalJson } from './jcs.ts';

/**
 * What is wrong with the first bad entry: `gap` some before it are missing, `order` its seq was
 * there already, `prev` it follows another entry, `hash` its content is not what was hashed,
 * `cut` the log ends before an entry known from elsewhere, `fork` that entry was another one.
 */
export type ChainProblem = 'gap' | 'order' | 'prev' | 'hash' | 'cut' | 'fork';
export interface ChainBreak {
  readonly at: number;
  readonly problem: ChainProblem;
}

/** The members of an entry that link it to the one before. */
export type Link = Pick<LogEntry, 'seq' | 'prev' | 'hash'>;

/** SHA-256 of some bytes, for a host that has a faster one than WebCrypto's. */
export type Digest = (bytes: Bytes) => Bytes | Promise<Bytes>;

/** SHA-256(prev bytes ‖ text) in hex, of a `prev` that is hex, for a host that has a faster one. */
export type LinkHash = (prev: string, text: string) => string | Promise<string>;

/** By WebCrypto. */
export const linkHash: LinkHash = async (prev, text) =>
  toHex(await sha256(concat(fromHex(prev) ?? new Uint8Array(), utf8(text))));

/**
 * SHA-256(prev bytes ‖ JCS(entry without `hash`)) in hex: protocol 6. Undefined when `prev` is not
 * hex or the entry has no canonical JSON.
 */
export async function entryHash(
  entry: Omit<Link, 'hash'>,
  digest: Digest = sha256,
): Promise<string | undefined> {
  const { hash: _, ...hashed } = entry as Link;
  const prev = fromHex(entry.prev);
  const json = canonicalJson(hashed);
  if (!prev || json === undefined) return undefined;
  return toHex(await digest(concat(prev, utf8(json))));
}

/**
 * The entry that follows `head`. The draft is assumed well formed; one that has no canonical JSON
 * (NaN, a lone surrogate in a typed text) is a `Fault`, for it could never be checked again.
 */
export async function appendEntry(head: LogHead, draft: EntryDraft): Promise<LogEntry> {
  const { body, ...base } = draft;
  const entry = { v: 1, ...base, ...body, seq: head.seq + 1, prev: head.hash } as const;
  const hash = await entryHash(entry);
  if (hash === undefined) throw new Fault('internal', 'log entry has no canonical form');
  return { ...entry, hash };
}

/** What is wrong with `entry` as the follower of `head`, or undefined. */
export async function linkProblem(head: LogHead, entry: Link): Promise<ChainProblem | undefined> {
  if (entry.seq > head.seq + 1) return 'gap';
  if (entry.seq <= head.seq) return 'order';
  if (entry.prev !== head.hash) return 'prev';
  return (await entryHash(entry)) === entry.hash ? undefined : 'hash';
}

/**
 * Checks entries in the order given as the continuation of `from` and names the first bad one, or
 * returns the new head. With `known` (a receipt's head) a log that was cut or written anew is
 * found too: the chain alone cannot show that. Protocol 6.
 */
export async function checkChain(
  entries: readonly Link[],
  from: LogHead,
  known?: LogHead,
): Promise<Result<LogHead, ChainBreak>> {
  let head = from;
  for (const entry of entries) {
    const problem = await linkProblem(head, entry);
    if (problem) return err({ at: entry.seq, problem });
    head = { seq: entry.seq, hash: entry.hash };
    if (known?.seq === head.seq && known.hash !== head.hash) {
      return err({ at: head.seq, problem: 'fork' });
    }
  }
  if (known && known.seq > head.seq) return err({ at: head.seq + 1, problem: 'cut' });
  return ok(head);
}
