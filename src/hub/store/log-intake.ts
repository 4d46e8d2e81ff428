import { sha256Hex } from '../../core/bytes.ts';
import type { BatchEntry, EntryProblem } from '../../core/log/batch.ts';
import type { LogHead } from '../../core/log/entry.ts';
import type { Queries, Sql } from '../../node/database.ts';
import { together } from '../../node/together.ts';
import { givenUp, isIn } from './given-up.ts';
import {
  type DeviceHead,
  type Flagged,
  followChain,
  headStatement,
  type Intake,
  insertScans,
  type Kept,
  keptAround,
  lockHead,
} from './log-store.ts';
import { countPeople } from './people/count-people.ts';
import { hoursStatements } from './people/gate-hours.ts';
import { movePeople } from './people/person-columns.ts';
import { batchStatement } from './proof/batches.ts';
import { insertQuarantine, isTooLong, withinRoom } from './quarantine.ts';

/**
 * What became of one entry: protocol 7. Every one of them is kept. `gap`: the entry before it has
 * not come; `prev`: it does not follow the entry kept before it; `fork`: another entry has its seq; `late`:
 * it was given up by `forget`, and what follows it is gone.
 */
export type EntryResult = { readonly seq: number } & (
  | { readonly result: 'stored'; readonly reason?: 'gap' | 'prev' }
  | { readonly result: 'duplicate' }
  | { readonly result: 'quarantined'; readonly reason: EntryProblem | 'fork' | 'late' }
);

export interface Taken {
  readonly results: readonly EntryResult[];
  /** Reasons of the entries that are in quarantine since now. */
  readonly alarms: readonly string[];
  /** Newly stored entries that say another gate than the device's. */
  readonly otherGate: number;
  /** Signed, about the highest entry kept without a break before it. */
  readonly receipt: string;
}

/**
 * Takes in the entries of an authentic batch, all or nothing, and signs how far the log is now held.
 * The same batch again gives the same receipt; one that brings something new gives a new one, even
 * where the log is held no further: a phone tells by its time that a restored hub has less.
 */
export function takeIn(
  sql: Sql,
  intake: Intake,
  entries: readonly BatchEntry[],
  sign: (head: LogHead) => Promise<string>,
): Promise<Taken> {
  return sql.transaction(async (tx) => {
    const before = await lockHead(tx, intake.device);
    const kept = await keepEntries(tx, intake, entries, before);
    const { results, alarms, head, marks } = kept;
    const { otherGate, unkept } = marks;
    const isNew = alarms.length > 0 || results.some(({ result }) => result === 'stored');
    const [first, last] = [entries[0]?.seq ?? 0, entries.at(-1)?.seq ?? 0];
    const bad = results.filter(({ result }) => result === 'quarantined').length;
    const isKept = isNew && !isTooLong(intake, bad);
    const batch = isKept ? [batchStatement(intake.device, { first, last, jws: intake.jws })] : [];
    if (before.receipt !== null && head.seq === before.seq && !isNew && unkept === 0) {
      return { results, alarms, otherGate, receipt: before.receipt };
    }
    const receipt = await sign(head);
    // the sums last: their rows are those that others wait for
    await together(tx, [
      ...batch,
      headStatement(intake.device, { ...head, receipt }, marks),
      ...hoursStatements(kept.hours),
    ]);
    return { results, alarms, otherGate, receipt };
  });
}

async function keepEntries(
  tx: Queries,
  intake: Intake,
  entries: readonly BatchEntry[],
  before: DeviceHead,
) {
  const kept = await keptAround(tx, intake.device, entries, before.forgotten);
  const isOld = entries.some(({ seq }) => seq <= before.forgotten.seq);
  const lost = isOld ? await givenUp(tx, intake.device) : [];
  const results: EntryResult[] = [];
  const stored: Flagged[] = [];
  const bad: Flagged[] = [];
  for (const entry of entries) {
    const isLate = entry.seq <= before.forgotten.seq && isIn(lost, entry.seq);
    const result = isLate ? late(entry) : await judge(entry, kept, before.forgotten.seq);
    results.push(result);
    if (result.result === 'stored') stored.push({ ...entry, flag: result.reason ?? null });
    if (result.result === 'quarantined') bad.push({ ...entry, flag: result.reason });
    remember(kept, entry);
  }
  const counts = await countStored(tx, intake, stored, before);
  await insertScans(tx, intake, stored, counts.columns);
  await movePeople(tx, intake.device, counts.moved);
  const room = await withinRoom(tx, intake, bad);
  const alarms = await insertQuarantine(tx, intake, room.kept);
  const marks = {
    otherGate: stored.filter(({ entry }) => entry?.gate !== intake.gate).length,
    untrusted: intake.trusted ? 0 : stored.length,
    unkept: room.unkept,
    last: stored.at(-1)?.seq ?? 0,
    heardAt: intake.receivedAt,
  };
  const last = entries.at(-1)?.seq ?? 0;
  // as nearly always: each follows the one before, and nothing lies behind them
  const head = follow(before, entries);
  const isPlain = head.seq === last && stored.length === entries.length && !kept.has(last + 1);
  return {
    ...{ results, alarms, marks, hours: counts.hours },
    head: isPlain ? head : await followChain(tx, intake.device, before),
  };
}

/** What entries in quarantine say counts nobody. */
function countStored(tx: Queries, intake: Intake, stored: readonly Flagged[], before: DeviceHead) {
  const { device, trusted, gate } = intake;
  const fresh = stored.flatMap(({ entry }) => (entry ? [{ entry, trusted }] : []));
  const place = { gate, forgotten: before.forgotten.seq, last: before.last };
  return countPeople(tx, device, fresh, place);
}

const follow = (head: LogHead, entries: readonly BatchEntry[]): LogHead =>
  entries.reduce(
    (last, { seq, prev, hash }) =>
      seq === last.seq + 1 && prev === last.hash ? { seq, hash } : last,
    head,
  );

const late = ({ seq }: BatchEntry) => ({ seq, result: 'quarantined', reason: 'late' }) as const;

async function judge(
  entry: BatchEntry,
  kept: ReadonlyMap<number, Kept>,
  forgotten: number,
): Promise<EntryResult> {
  const { seq, text, prev, problem } = entry;
  if (seq <= forgotten) return { seq, result: 'duplicate' };
  const there = kept.get(seq);
  if (there && !(await isSame(there, text))) return { seq, result: 'quarantined', reason: 'fork' };
  if (problem) return { seq, result: 'quarantined', reason: problem };
  if (there && !there.quarantined) return { seq, result: 'duplicate' };
  const before = kept.get(seq - 1);
  if (before?.hash === prev) return { seq, result: 'stored' };
  return { seq, result: 'stored', reason: before ? 'prev' : 'gap' };
}

/** Of content the operator dropped the hash is left. */
const isSame = async ({ entry, quarantined, sha256 }: Kept, text: string): Promise<boolean> =>
  entry === text || (quarantined && entry === '' && sha256 === (await sha256Hex(text)));

/** Seqs in a batch ascend, so an entry is only ever looked at as the one before. */
function remember(kept: Map<number, Kept>, { seq, hash, text }: BatchEntry): void {
  if (!kept.has(seq)) kept.set(seq, { seq, hash, entry: text, quarantined: false, sha256: null });
}
