import type { PublicJwk } from '../../core/jwk.ts';
import type { DeviceRecord } from '../../core/log/device-record.ts';
import type { LogHead } from '../../core/log/entry.ts';
import { type EpochMillis, epochMillis } from '../../core/units.ts';
import type { Queries, Sql } from '../../node/database.ts';
import { forgetConflicts } from './console/conflicts.ts';
import { type ListedDevice, listDevices } from './devices.ts';
import { gapsBetween, giveUp, type Range } from './given-up.ts';
import { type DeviceHead, followChain, lockHead } from './log-store.ts';
import { countStretch } from './people/count-old.ts';
import { forgetBatches } from './proof/batches.ts';
import { setRecord } from './proof/begin-proofs.ts';
import type { SignDevice } from './proof/device-record.ts';
import { readRecord } from './proof/log-evidence.ts';

export interface ForgetRule {
  /** What came before this goes. */
  readonly before: EpochMillis;
  readonly now: EpochMillis;
  /** Milliseconds that what lies behind a gap stays longer, for the gap may yet be filled. Default 30 days. */
  readonly patience?: number;
  /** Signs what is forgotten; without it `verify-log` cannot tell it from a log cut at the front. */
  readonly signer?: { readonly sign: SignDevice; readonly keys: readonly PublicJwk[] };
}

export interface Forgotten {
  readonly entries: number;
  /** Seqs that never came and are no longer waited for. */
  readonly givenUp: number;
  /** Devices of whose log something was forgotten and not signed. */
  readonly unsigned: number;
}

const day = 24 * 3_600_000;

/**
 * Deletes what came before a time, of each device a prefix, with the signatures over it; the hash of
 * the last entry stays, so that the rest can be verified and goes on. Such an entry offered again is a
 * duplicate; one that fills a gap given up goes to quarantine. Old enrolment codes go too. The sums
 * of `gate_hours` stay, with whatever of this was not yet counted: they tell of nobody.
 */
export async function forget(sql: Sql, rule: ForgetRule): Promise<Forgotten> {
  const sum = { entries: 0, givenUp: 0, unsigned: 0 };
  for (const device of await listDevices(sql)) {
    const gone = await sql.transaction((tx) => forgetOf(tx, device, rule));
    sum.entries += gone.entries;
    sum.givenUp += gone.givenUp;
    sum.unsigned += gone.unsigned;
  }
  await sql.query('delete from enrol_codes where expires_at < $1', [rule.before]);
  await forgetConflicts(sql);
  return sum;
}

async function forgetOf(tx: Queries, device: ListedDevice, rule: ForgetRule): Promise<Forgotten> {
  const { id } = device;
  const head = await lockHead(tx, id);
  while ((await countStretch(tx, id)) > 0);
  const anchor = await lastToGo(tx, id, head, rule);
  let entries = await drop(tx, 'quarantine', id, head.forgotten.seq, rule.before); // those that came late
  if (!anchor) return { entries, givenUp: 0, unsigned: 0 };
  const lost = await gapsBetween(tx, id, head.seq, anchor.seq);
  await giveUp(tx, id, lost);
  await setForgotten(tx, id, head, anchor);
  const bare = await forgetBatches(tx, id, anchor.seq);
  for (const table of ['scans', 'quarantine'] as const) {
    entries += await drop(tx, table, id, anchor.seq, rule.before);
  }
  const isSigned = await signForgotten(tx, device, { rule, anchor, bare, was: head.forgotten });
  return { entries, givenUp: countOf(lost), unsigned: isSigned ? 0 : 1 };
}

/** The last entry that goes: old, with all before it, and with any gap before it given up. */
async function lastToGo(
  tx: Queries,
  device: string,
  head: DeviceHead,
  { before, patience = 30 * day }: ForgetRule,
): Promise<LogHead | undefined> {
  const held = await firstSince(tx, device, head.forgotten.seq, before);
  const behind = await firstSince(
    tx,
    device,
    head.seq,
    epochMillis(Math.max(0, before - patience)),
  );
  const last = Math.min(held - 1, Math.max(head.seq, behind - 1));
  const [anchor] = await tx.query<LogHead>(
    `select seq, hash from (
       select seq, hash from scans where device = $1 and seq > $2 and seq <= $3
       union all select seq, hash from quarantine
         where device = $1 and seq > $2 and seq <= $3 and reason <> 'fork') as old
     order by seq desc limit 1`,
    [device, head.forgotten.seq, last],
  );
  return anchor;
}

/** The first seq behind `after` whose entry came at a time or later. */
async function firstSince(
  tx: Queries,
  device: string,
  after: number,
  time: EpochMillis,
): Promise<number> {
  const [first] = await tx.query<{ seq: number | null }>(
    `select min(seq) as seq from (
       select min(seq) as seq from scans where device = $1 and seq > $2 and received_at >= $3
       union all select min(seq) from quarantine
         where device = $1 and seq > $2 and received_at >= $3) as firsts`,
    [device, after, time],
  );
  return first?.seq ?? Number.MAX_SAFE_INTEGER;
}

/** Where a gap was given up the head goes on behind it. */
async function setForgotten(tx: Queries, id: string, head: DeviceHead, anchor: LogHead) {
  const next = anchor.seq > head.seq ? await followChain(tx, id, anchor) : head;
  await tx.query(
    `update device_heads set seq = $2, hash = $3, forgotten_seq = $4, forgotten_hash = $5
     where device = $1`,
    [id, next.seq, next.hash, anchor.seq, anchor.hash],
  );
}

async function drop(
  tx: Queries,
  table: 'scans' | 'quarantine',
  device: string,
  through: number,
  before: EpochMillis,
): Promise<number> {
  const where = `from ${table} where device = $1 and seq <= $2 and received_at < $3`;
  const which = [device, through, before];
  const [old] = await tx.query<{ n: number }>(`select count(*) as n ${where}`, which);
  if (old?.n) await tx.query(`delete ${where}`, which);
  return old?.n ?? 0;
}

/**
 * The hub's word on the device, with what is forgotten now. Only over one that is its own and says
 * what was forgotten before: a beginning that somebody else cut off is never made good.
 */
async function signForgotten(
  tx: Queries,
  device: ListedDevice,
  { rule, anchor, bare, was }: { rule: ForgetRule; anchor: LogHead; bare: number; was: LogHead },
): Promise<boolean> {
  const { signer, now } = rule;
  if (device.record === undefined) return true; // there is no word to keep up yet
  const record = signer && (await readRecord(device.record, device.id, signer.keys));
  if (!signer || typeof record !== 'object') return false;
  const { seq, hash } = record.forgotten;
  if (seq !== was.seq || hash !== was.hash) return false;
  const unsigned = Math.max(record.unsigned, bare);
  const next: DeviceRecord = { ...record, unsigned, forgotten: anchor, t: now };
  await setRecord(tx, device.id, await signer.sign(next));
  return true;
}

const countOf = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
