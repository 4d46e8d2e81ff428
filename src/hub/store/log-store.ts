import type { BatchEntry } from '../../core/log/batch.ts';
import { emptyHead, type LogHead } from '../../core/log/entry.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries, Statement } from '../../node/database.ts';
import { columnText } from './column-text.ts';
import { columnsOf, entryColumnNames } from './people/entry-columns.ts';
import { columnArrays, type PersonColumns, personColumnNames } from './people/person-columns.ts';

/** Whose entries, whether they count as trusted, and when they came. */
export interface Intake {
  readonly device: string;
  readonly trusted: boolean;
  readonly receivedAt: EpochMillis;
  /** The upload as the device signed it. */
  readonly jws: string;
  /** Id of the gate the device is enrolled at. */
  readonly gate: string;
}
export type Flagged = BatchEntry & { readonly flag: string | null };

export interface DeviceHead extends LogHead {
  /** The last receipt signed, which is about this very head; null before the first. */
  readonly receipt: string | null;
  /** The last entry forgotten, of seq 0 when none is: what the held log follows. */
  readonly forgotten: LogHead;
  /** The highest seq stored, whatever is missing before it. */
  readonly last: number;
}

/** The device's head, locked until the transaction ends: batches of one device come one by one. */
export async function lockHead(tx: Queries, device: string): Promise<DeviceHead> {
  const known = await lockKnown(tx, device);
  if (known) return known;
  await tx.query('insert into device_heads values ($1, $2, $3, null) on conflict do nothing', [
    device,
    emptyHead.seq,
    emptyHead.hash,
  ]);
  const head = await lockKnown(tx, device);
  if (!head) throw new Error('device head is gone');
  return head;
}

async function lockKnown(tx: Queries, device: string): Promise<DeviceHead | undefined> {
  const [row] = await tx.query<
    Omit<DeviceHead, 'forgotten'> & { forgotten_seq: number; forgotten_hash: string }
  >(
    `select seq, hash, receipt, forgotten_seq, forgotten_hash, last_seq as last from device_heads
     where device = $1 for update`,
    [device],
  );
  if (!row) return undefined;
  const { forgotten_seq: seq, forgotten_hash: hash, ...head } = row;
  return { ...head, forgotten: { seq, hash } };
}

/** What an upload adds to the marks of its device. */
export interface Marks {
  /** Stored entries that say they were written at another gate. */
  readonly otherGate: number;
  /** Stored entries that came after the device was revoked. */
  readonly untrusted: number;
  /** Bad entries of a revoked device for which there was no room. */
  readonly unkept: number;
  /** The highest seq it stored; 0 for none. */
  readonly last: number;
  /** When it came. */
  readonly heardAt: EpochMillis;
}

/** `when`: a further condition, with parameters from `$10` on. */
export function headStatement(
  device: string,
  { seq, hash, receipt }: Omit<DeviceHead, 'forgotten' | 'last'>,
  { otherGate, untrusted, unkept, last, heardAt }: Marks,
  when: Statement = { text: 'true', params: [] },
): Statement {
  return {
    text: `update device_heads set seq = $2, hash = $3, receipt = $4, other_gate = other_gate + $5,
       untrusted = untrusted + $6, unkept = unkept + $7, last_seq = greatest(last_seq, $8),
       heard_at = greatest(heard_at, $9) where device = $1 and ${when.text}`,
    params: [
      ...[device, seq, hash, receipt, otherGate, untrusted, unkept, last, heardAt],
      ...when.params,
    ],
  };
}

/** What is kept at a seq; entries in quarantine as a fork are not, for another one is. */
export interface Kept {
  readonly seq: number;
  readonly hash: string;
  /** `''` when its content was dropped by the operator. */
  readonly entry: string;
  readonly quarantined: boolean;
  /** Of one in quarantine, hex SHA-256 of the text it came with. */
  readonly sha256: string | null;
}

const among = 'seq between $2 and $3 and ($4::bigint[] is null or seq = any($4))';

/** What is kept at the seqs of `entries`, right before each, and right after a stretch of them. A stored entry hides one in quarantine. */
export async function keptAround(
  tx: Queries,
  device: string,
  entries: readonly BatchEntry[],
  forgotten: LogHead,
): Promise<Map<number, Kept>> {
  const [first, last] = [entries[0]?.seq ?? 1, entries.at(-1)?.seq ?? 0];
  // a batch without gaps is one stretch of an index, of each part when the table is partitioned
  const isStretch = last - first + 1 === entries.length;
  const seqs = isStretch
    ? null
    : [...new Set(entries.flatMap(({ seq }) => [seq - 1, seq, seq + 1]))];
  const rows = await tx.query<Kept>(
    `select seq, hash, entry, true as quarantined, entry_sha256 as sha256 from quarantine
       where device = $1 and ${among} and reason <> 'fork'
     union all select seq, hash, entry, false, null from scans
       where device = $1 and ${among}
     order by quarantined desc`,
    [device, first - 1, last + 1, seqs],
  );
  const start: Kept = { ...forgotten, entry: '', quarantined: false, sha256: null };
  return new Map([start, ...rows].map((kept) => [kept.seq, kept]));
}

/** `ended`: how it ended for the people that entries stand for, by seq; every row is counted. */
export async function insertScans(
  tx: Queries,
  intake: Intake,
  scans: readonly Flagged[],
  ended: (seq: number) => PersonColumns,
): Promise<void> {
  if (scans.length === 0) return;
  const { text, params } = scansStatement(intake, scans, ended);
  await tx.query(text, params);
}

/** `when`: a condition for all of them. */
export function scansStatement(
  { device, trusted, receivedAt }: Intake,
  scans: readonly Flagged[],
  ended: (seq: number) => PersonColumns,
  when = 'true',
): Statement {
  const said = scans.map(({ entry }) => columnsOf(entry));
  const people = scans.map(({ seq }) => ended(seq));
  return {
    text: `insert into scans (device, trusted, received_at, counted,
       seq, at, shift, gate, type, flag, prev, hash, entry,
       state, reason, issuer, jti, kind, dir, outcome, end_state, end_reason, root)
     select $1, $2, $3, true, * from unnest($4::bigint[], $5::bigint[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
       $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[],
       $19::text[], $20::text[], $21::text[], $22::bigint[]) where ${when}`,
    params: [
      device,
      trusted,
      receivedAt,
      scans.map((scan) => scan.seq),
      scans.map(({ entry }) => entry?.at ?? 0),
      scans.map(({ entry }) => columnText(entry?.shift ?? '')),
      scans.map(({ entry }) => columnText(entry?.gate ?? '')),
      scans.map(({ entry }) => entry?.type ?? ''),
      scans.map((scan) => scan.flag),
      scans.map((scan) => scan.prev),
      scans.map((scan) => scan.hash),
      scans.map((scan) => scan.text),
      ...columnArrays(said, entryColumnNames),
      ...columnArrays(people, personColumnNames),
    ],
  };
}

const stride = 1000;

/**
 * The head after every kept entry that follows `head` without a break. An entry in quarantine
 * counts: it is kept, and a bad one never blocks those behind it.
 */
export async function followChain(tx: Queries, device: string, head: LogHead): Promise<LogHead> {
  let last = head;
  for (;;) {
    const rows = await tx.query<{ seq: number; prev: string; hash: string }>(
      `select seq, prev, hash from scans where device = $1 and seq > $2 and seq <= $3
       union all select seq, prev, hash from quarantine
         where device = $1 and seq > $2 and seq <= $3 and reason <> 'fork'
       order by seq`,
      [device, last.seq, last.seq + stride],
    );
    const start = last.seq;
    for (const { seq, prev, hash } of rows) {
      if (seq === last.seq + 1 && prev === last.hash) last = { seq, hash };
    }
    if (last.seq < start + stride) return last;
  }
}
