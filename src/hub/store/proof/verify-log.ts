import { createHash } from 'node:crypto';
import type { PublicJwk } from '../../../core/jwk.ts';
import type { Digest } from '../../../core/log/chain.ts';
import { emptyHead, type LogHead } from '../../../core/log/entry.ts';
import type { Receipt } from '../../../core/log/receipt.ts';
import type { Queries } from '../../../node/database.ts';
import { type ListedDevice, listDevices } from '../devices.ts';
import { type LogRow, readRows, rowProblem, stride } from '../log-rows.ts';
import { proofsSince } from './begin-proofs.ts';
import { readEvidence, readReceipt, type SignedEntry } from './log-evidence.ts';
import type { Finding, LogProblem } from './log-finding.ts';
import { checkPeople } from './people-check.ts';
import { checkRecord } from './record-check.ts';

/** What the hub's copy of one device's log is like. */
export interface LogReport {
  readonly device: string;
  readonly entries: number;
  readonly quarantined: number;
  readonly head: LogHead;
  /** Entries of before signatures were kept: chain and receipt speak for them, no signature does. */
  readonly unsigned: number;
  /**
   * What is missing for a proof, though nothing wrong was found: `keys` none given to check with,
   * `record` the hub has not yet signed its word on this device, `entries` there is nothing.
   */
  readonly lacks: readonly ('keys' | 'record' | 'entries')[];
  /** The first thing wrong. */
  readonly problem?: Finding;
  /** All of them, in the order of the log; at most `maxFindings`. */
  readonly findings: readonly Finding[];
}

const maxFindings = 100;
const digest: Digest = (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest());
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Checks the hub's copy of a device's log anew, entry by entry: content, links, columns, what its
 * device signed, and that it reaches as far as the last receipt given for it. Only with `keys`, the
 * hub's receipt keys, is it proof. Entries in quarantine are part of the chain; a fork is a problem
 * even though both are kept.
 */
export async function verifyLog(
  sql: Queries,
  id: string,
  keys?: readonly PublicJwk[],
): Promise<LogReport> {
  const device = (await listDevices(sql)).find((one) => one.id === id);
  return device ? verifyLogOf(sql, device, keys) : noSuchDevice(id);
}

/** The same of a device that was read already. */
export async function verifyLogOf(
  sql: Queries,
  device: ListedDevice,
  keys?: readonly PublicJwk[],
): Promise<LogReport> {
  const held = await heldHead(sql, device.id);
  const receipt = await readReceipt(held.receipt, device.id, keys);
  const record = await checkRecord(device, held.forgotten, await proofsSince(sql), keys);
  const findings: Finding[] = [...record.findings];
  const walked = await walk(sql, device, { held, receipt, mayLack: record.unsigned });
  findings.push(...walked.findings, ...endProblems(walked, receipt, held));
  const isEmpty = walked.head.seq === 0 && receipt === undefined;
  const sorted = distinct(findings).sort((a, b) => a.at - b.at);
  const lacks = [
    ...(keys ? [] : (['keys'] as const)),
    ...(record.isAbsent ? (['record'] as const) : []),
    ...(isEmpty ? (['entries'] as const) : []),
  ];
  const { entries, quarantined, unsigned, head } = walked;
  const [problem] = sorted;
  return {
    ...{ device: device.id, entries, quarantined, head, unsigned, lacks },
    ...(problem && { problem }),
    findings: sorted.slice(0, maxFindings),
  };
}

const noSuchDevice = (device: string): LogReport => ({
  ...{ device, entries: 0, quarantined: 0, head: emptyHead, unsigned: 0, lacks: ['entries'] },
  findings: [],
});

interface Held extends LogHead {
  readonly receipt: string | null;
  /** What the held log follows: the start, or the last entry forgotten. */
  readonly forgotten: LogHead;
  /** Entries of a revoked device whose content was not kept. */
  readonly unkept: number;
}

async function heldHead(sql: Queries, device: string): Promise<Held> {
  const [row] = await sql.query<
    Omit<Held, 'forgotten'> & { forgotten_seq: number; forgotten_hash: string }
  >(
    `select seq, hash, receipt, forgotten_seq, forgotten_hash, unkept
     from device_heads where device = $1`,
    [device],
  );
  if (!row) return { ...emptyHead, receipt: null, forgotten: emptyHead, unkept: 0 };
  const { forgotten_seq: seq, forgotten_hash: hash, ...head } = row;
  return { ...head, forgotten: { seq, hash } };
}

interface Walk {
  readonly held: Held;
  readonly receipt: Receipt | 'bad' | undefined;
  /** Entries up to this seq may lack a signature. */
  readonly mayLack: number;
}

async function walk(sql: Queries, device: ListedDevice, given: Walk) {
  const findings: Finding[] = [];
  const count = { entries: 0, quarantined: 0, unsigned: 0 };
  let head = given.held.forgotten;
  let signedTo = 0;
  const people = checkPeople(device.gate.id, given.held.forgotten.seq);
  for (;;) {
    const rows = await readRows(sql, device.id, head.seq);
    const to = rows[0] ? rows[0].seq + stride - 1 : Number.MAX_SAFE_INTEGER;
    const range = { from: head.seq + 1, to };
    const { signed, forged } = await readEvidence(sql, device, range);
    findings.push(...forged.map((at) => ({ at, problem: 'signature' }) as const));
    signedTo = Math.max(signedTo, ...signed.keys());
    if (rows.length === 0) break;
    for (const row of rows) {
      const problems = [
        await rowProblem(device.id, head, row, digest),
        receiptProblem(given.receipt, row),
        signedProblem(row, signed.get(row.seq), given, count),
      ];
      findings.push(...problems.flatMap((problem) => (problem ? { at: row.seq, problem } : [])));
      people.add(row);
      if (row.reason !== null) count.quarantined++;
      else count.entries++;
      if (row.reason !== 'fork') head = { seq: row.seq, hash: row.hash };
    }
    const named = new Set(findings.map(({ at }) => at));
    const gone = goneEntries(rows, signed, device, given);
    findings.push(...gone.filter(({ at }) => !named.has(at)));
  }
  findings.push(...people.wrong().map((at) => ({ at, problem: 'row' }) as const));
  return { ...count, head, signedTo, findings };
}

function receiptProblem(receipt: Receipt | 'bad' | undefined, row: LogRow): LogProblem | undefined {
  const isOther = typeof receipt === 'object' && receipt.seq === row.seq && row.reason !== 'fork';
  return isOther && receipt.head !== row.hash ? 'fork' : undefined;
}

/** Whether the device signed what is in this row. */
function signedProblem(
  row: LogRow,
  signed: readonly SignedEntry[] | undefined,
  { mayLack }: Walk,
  count: { unsigned: number },
): LogProblem | undefined {
  if (row.dropped !== null || signed?.some(({ text }) => text === row.entry)) return undefined;
  if (row.seq > mayLack) return signed ? 'rewritten' : 'unsigned';
  count.unsigned++;
  return undefined;
}

/** What the device signed and no row holds, up to the last row of these. */
function goneEntries(
  rows: readonly LogRow[],
  signed: ReadonlyMap<number, readonly SignedEntry[]>,
  { revokedAt }: ListedDevice,
  { held }: Walk,
): Finding[] {
  const last = rows.at(-1)?.seq ?? 0;
  const at = new Map<number, LogRow[]>();
  for (const row of rows) at.set(row.seq, [...(at.get(row.seq) ?? []), row]);
  const gone: Finding[] = [];
  for (const [seq, entries] of signed) {
    const there = at.get(seq) ?? [];
    const texts = new Set(there.map(({ entry }) => entry));
    const dropped = new Set(
      there.flatMap((row) => (row.dropped === null ? [] : (row.sha256 ?? []))),
    );
    const isRival = there.length > 0;
    const hadNoRoom = revokedAt !== undefined && held.unkept > 0;
    for (const { text, isBad } of entries) {
      if (seq > last || texts.has(text)) continue;
      const wasBad = isBad || isRival;
      if (wasBad && (hadNoRoom || dropped.has(sha256(text)))) continue;
      gone.push({ at: seq, problem: 'missing' });
    }
  }
  return gone;
}

function endProblems(
  { head, signedTo, entries, quarantined }: Awaited<ReturnType<typeof walk>>,
  receipt: Receipt | 'bad' | undefined,
  held: Held,
): Finding[] {
  const found: Finding[] = [];
  const known = Math.max(signedTo, typeof receipt === 'object' ? receipt.seq : 0);
  if (known > head.seq) found.push({ at: head.seq + 1, problem: 'cut' });
  if (receipt === 'bad') found.push({ at: head.seq, problem: 'receipt' });
  else if (!receipt && entries + quarantined + known + held.seq > 0)
    found.push({ at: head.seq, problem: 'no-receipt' });
  else if (receipt && receipt.seq > held.forgotten.seq && !isAbout(receipt, held))
    found.push({ at: receipt.seq, problem: 'receipt' });
  return found;
}

const isAbout = (receipt: Receipt, { seq, hash }: LogHead): boolean =>
  receipt.seq === seq && receipt.head === hash;

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [`${one.at} ${one.problem}`, one])).values()];
}
