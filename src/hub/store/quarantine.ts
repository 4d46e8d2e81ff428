import { sha256Hex } from '../../core/bytes.ts';
import { canonicalJson } from '../../core/log/jcs.ts';
import type { Queries } from '../../node/database.ts';
import { columnText } from './column-text.ts';
import type { Flagged, Intake } from './log-store.ts';
import { readBatches, removeBatch, signedEntries } from './proof/batches.ts';

/**
 * What the quarantine of a revoked device may hold: it can send for ever, and nobody trusts it.
 * `upload`: characters of one with bad entries in it; a longer one brings nothing into quarantine and
 * is not kept as proof.
 */
export const revokedRoom = { entries: 200, characters: 1024 * 1024, upload: 256 * 1024 } as const;

export const isTooLong = ({ trusted, jws }: Intake, bad: number): boolean =>
  !trusted && bad > 0 && jws.length > revokedRoom.upload;

/** Which bad entries are kept. Of a device that is trusted, all. `unkept`: how many new ones are not. */
export async function withinRoom(
  tx: Queries,
  intake: Intake,
  bad: readonly Flagged[],
): Promise<{ readonly kept: readonly Flagged[]; readonly unkept: number }> {
  const { device, trusted } = intake;
  if (trusted || bad.length === 0) return { kept: bad, unkept: 0 };
  const [held] = await tx.query<{ n: number; size: number }>(
    `select count(*)::int as n, coalesce(sum(length(entry)), 0)::bigint as size
     from quarantine where device = $1`,
    [device],
  );
  const there = await tx.query<{ sha256: string }>(
    'select entry_sha256 as sha256 from quarantine where device = $1 and seq = any($2::bigint[])',
    [device, bad.map(({ seq }) => seq)],
  );
  const known = new Set(there.map(({ sha256 }) => sha256));
  let [entries, characters] = [held?.n ?? 0, held?.size ?? 0];
  const kept: Flagged[] = [];
  let unkept = 0;
  for (const entry of bad) {
    if (known.has(await sha256Hex(entry.text))) continue;
    const fits =
      !isTooLong(intake, bad.length) &&
      entries < revokedRoom.entries &&
      characters + entry.text.length <= revokedRoom.characters;
    if (!fits) {
      unkept++;
      continue;
    }
    kept.push(entry);
    entries++;
    characters += entry.text.length;
  }
  return { kept, unkept };
}

/** Keeps bad entries beside the log; one that came before is not kept twice. Returns the new ones' reasons. */
export async function insertQuarantine(
  tx: Queries,
  { device, trusted, receivedAt }: Intake,
  bad: readonly Flagged[],
): Promise<string[]> {
  if (bad.length === 0) return [];
  const rows = await tx.query<{ reason: string }>(
    `insert into quarantine (device, trusted, received_at,
       seq, entry_sha256, reason, prev, hash, entry)
     select $1, $2, $3, * from unnest($4::bigint[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[])
     on conflict do nothing returning reason`,
    [
      device,
      trusted,
      receivedAt,
      bad.map((entry) => entry.seq),
      await Promise.all(bad.map((entry) => sha256Hex(entry.text))),
      bad.map((entry) => entry.flag),
      bad.map((entry) => entry.prev),
      bad.map((entry) => entry.hash),
      bad.map((entry) => entry.text),
    ],
  );
  return rows.map((row) => row.reason);
}

/** What lies in the quarantine of one device. */
export interface Quarantine {
  readonly device: string;
  readonly reason: string;
  readonly entries: number;
  readonly characters: number;
  /** Seqs of the first and the last. */
  readonly from: number;
  readonly to: number;
  /** Why the operator dropped their content; null while it is there. */
  readonly dropped: string | null;
}

/** By device and reason, those whose content was dropped apart. */
export function listQuarantine(sql: Queries, device?: string): Promise<Quarantine[]> {
  return sql.query<Quarantine>(
    `select device, reason, dropped, count(*)::int as entries,
       coalesce(sum(length(entry)), 0)::bigint as characters,
       min(seq) as "from", max(seq) as "to"
     from quarantine where $1::text is null or device = $1
     group by device, reason, dropped order by device, min(seq), reason`,
    [device ?? null],
  );
}

/**
 * Drops the content of a device's entries in quarantine, for good, and what it signed of nothing else.
 * Where they stood, their hashes and the reason stay, so that the chain can be followed and the same
 * entries do not come back. All or nothing is the caller's transaction. Returns how many.
 */
export async function dropQuarantine(tx: Queries, device: string, why: string): Promise<number> {
  const dropped = await tx.query<{ seq: number }>(
    `update quarantine set entry = '', dropped = $2
     where device = $1 and dropped is null returning seq`,
    [device, columnText(why)],
  );
  const seqs = dropped.map(({ seq }) => seq).sort((a, b) => a - b);
  const [first, last] = [seqs[0], seqs.at(-1)];
  if (first === undefined || last === undefined) return 0;
  for (const { jws, ...batch } of await readBatches(tx, device, first, last)) {
    if (await holdsNone(tx, device, jws)) await removeBatch(tx, device, batch);
  }
  return seqs.length;
}

/** Nothing that is stored is in it. */
async function holdsNone(tx: Queries, device: string, jws: string | undefined): Promise<boolean> {
  const entries = signedEntries(jws);
  const stored = await tx.query<{ entry: string }>(
    'select entry from scans where device = $1 and seq = any($2::bigint[])',
    [device, entries.map(({ seq }) => seq)],
  );
  const texts = new Set(stored.map(({ entry }) => entry));
  return !entries.some((entry) => texts.has(canonicalJson(entry) ?? ''));
}
