import * as v from 'valibot';
import { utf8 } from '../../bytes.ts';
import { isObject } from '../../json.ts';
import type { PublicJwk } from '../../jwk.ts';
import { sha256Hex } from '../../trust/shapes.ts';
import { openSignedFile } from '../../trust/signed-file.ts';
import type { EpochSeconds } from '../../units.ts';
import { type Digest, entryHash, type Link } from '../chain.ts';

/** First member of the first line: what the file is. */
export const hubExportFormat = 'kakou-hub-export/1';
export const hubExportTyp = 'kakou-hub-export+jws';

/** What the hub signs in the last line: how many entries stand before it, and SHA-256 of all those bytes. */
export interface HubExportClaims {
  readonly entries: number;
  readonly sha256: string;
  readonly t: EpochSeconds;
}

/**
 * What is wrong with a hub's export: `not-one` it does not begin as one, `cut` its last line is not there,
 * `line` no line of an entry, `hash` an entry is not what was hashed when it was written, `count` and `bytes`
 * it holds other entries than were signed, `forged` not signed by a key of the hub's.
 */
export type HubExportProblem =
  | 'not-one'
  | 'cut'
  | 'line'
  | 'hash'
  | 'count'
  | 'bytes'
  | 'forged'
  | 'after-end';

export interface HubExportReport {
  readonly entries: number;
  readonly signed: boolean;
  /** When the hub signed it, where that was checked. */
  readonly t?: number;
  /** `signature`: the hub signed nothing, its clock was in doubt; `trust`: there are no keys to check it with. */
  readonly lacks: readonly ('signature' | 'trust')[];
  /** The first thing wrong, and the line it is in, from 1. */
  readonly problem?: { readonly line: number; readonly problem: HubExportProblem };
}

const claims = v.object({ entries: v.number(), sha256: sha256Hex, t: v.number() });
const maxSignature = 8 * 1024;

/** Bytes hashed piece by piece. */
export interface Hash {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/**
 * Reads a hub's export line by line (each with its end) and checks every entry's own hash, that all the
 * hub signed is there, and its signature. No more than a line is held in memory.
 */
export async function checkHubExport(
  lines: AsyncIterable<string>,
  { hash, keys, digest }: { hash: Hash; keys?: readonly PublicJwk[]; digest?: Digest },
): Promise<HubExportReport> {
  let entries = 0;
  let n = 0;
  let end: Readonly<Record<string, unknown>> | undefined;
  const wrong = (problem: HubExportProblem, line = n): HubExportReport => ({
    ...{ entries, signed: false, lacks: [], problem: { line, problem } },
  });
  for await (const line of lines) {
    n++;
    if (end) return wrong('after-end');
    const json = parse(line);
    if (n === 1 && json?.['format'] !== hubExportFormat) return wrong('not-one');
    if (json && 'signed' in json) {
      end = json;
      continue;
    }
    hash.update(utf8(line));
    if (n === 1) continue;
    const entry = json?.['entry'];
    if (!isObject(entry)) return wrong('line');
    entries++;
    if (!(await isItself(entry, json, digest))) return wrong('hash');
  }
  if (n === 0) return wrong('not-one');
  if (!end) return wrong('cut', n + 1);
  if (end['signed'] === null) return { entries, signed: false, lacks: ['signature'] };
  if (!keys) return { entries, signed: false, lacks: ['trust'] };
  const file = utf8(JSON.stringify(end['signed']));
  const rules = { typ: hubExportTyp, keys, threshold: 1, maxBytes: maxSignature } as const;
  const opened = await openSignedFile(file, rules);
  const said = v.safeParse(claims, opened.ok ? opened.value : undefined);
  if (!said.success) return wrong('forged');
  if (said.output.entries !== entries) return wrong('count');
  if (said.output.sha256 !== hash.hex()) return wrong('bytes');
  return { entries, signed: true, t: said.output.t, lacks: [] };
}

/** The entry hashes to what it says, and stands under its own device and seq. */
async function isItself(
  entry: Readonly<Record<string, unknown>>,
  line: Readonly<Record<string, unknown>> | undefined,
  digest?: Digest,
): Promise<boolean> {
  if (entry['device'] !== line?.['device'] || entry['seq'] !== line?.['seq']) return false;
  if (typeof entry['prev'] !== 'string') return false;
  return (await entryHash(entry as unknown as Link, digest)) === entry['hash'];
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
