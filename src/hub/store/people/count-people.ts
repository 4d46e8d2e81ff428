import type { LogEntry } from '../../../core/log/entry.ts';
import { parseEntry } from '../../../core/log/entry-schema.ts';
import type { Queries } from '../../../node/database.ts';
import { hourChanges } from './gate-hours.ts';
import { type PersonColumns, personColumns } from './person-columns.ts';
import { type Counted, type HourChange, type Place, reckon } from './reckoning.ts';
import { refOf, rootsOf } from './roots.ts';

/** What entries that come in do to the counts. */
export interface PeopleChange {
  /** Columns of the new rows. */
  columns(seq: number): PersonColumns;
  /** Rows that were counted before and are otherwise now. */
  readonly moved: readonly (readonly [seq: number, columns: PersonColumns])[];
  readonly hours: readonly HourChange[];
}

/**
 * Reckons entries of one device that come into the counts together with those of its counted ones
 * that have to do with them: what they are about, and what came earlier and is about them (a gap was
 * filled). `last`: the highest seq stored before; behind it nothing can be about an earlier one.
 * The device's head must be locked.
 */
export async function countPeople(
  tx: Queries,
  device: string,
  fresh: readonly Counted[],
  { last, ...place }: Place & { readonly last: number },
): Promise<PeopleChange> {
  const refs = refsOut(fresh);
  const isAhead = fresh.every(({ entry }) => entry.seq > last);
  if (isAhead && refs.length === 0) return changeBy([], fresh, place);
  const old = await near(
    tx,
    device,
    refs,
    fresh.map(({ entry }) => entry.seq),
  );
  return changeBy(old, fresh, place);
}

/** What these are about that is not among them. */
function refsOut(fresh: readonly Counted[]): number[] {
  const seqs = new Set(fresh.map(({ entry }) => entry.seq));
  return fresh.flatMap(({ entry }) => refOf(entry) ?? []).filter((ref) => !seqs.has(ref));
}

/** The same of entries behind all that are stored; undefined where they are about any of those. */
export const countAhead = (fresh: readonly Counted[], gate: string): PeopleChange | undefined =>
  refsOut(fresh).length > 0 ? undefined : changeBy([], fresh, { gate, forgotten: 0 });

function changeBy(old: readonly Old[], fresh: readonly Counted[], place: Place): PeopleChange {
  const was = reckoned(old, place);
  const before = was.people();
  const all = [...old, ...fresh].sort((a, b) => a.entry.seq - b.entry.seq);
  const is = reckoned(all, place);
  const after = is.people();
  const roots = rootsOf(old, fresh);
  const columns = (seq: number) => personColumns(after.get(seq), roots.get(seq));
  const moved = old.flatMap(({ entry: { seq }, root }) => {
    const then = personColumns(before.get(seq), root ?? undefined);
    const now = columns(seq);
    return isSame(then, now) ? [] : [[seq, now] as const];
  });
  const hours = hourChanges(
    [...before.values(), ...was.others()],
    [...after.values(), ...is.others()],
  );
  return { columns, moved, hours };
}

function reckoned(entries: readonly Counted[], place: Place) {
  const reckoning = reckon(place);
  for (const entry of entries) reckoning.add(entry);
  return reckoning;
}

const isSame = (a: PersonColumns, b: PersonColumns): boolean =>
  a.outcome === b.outcome &&
  a.end_state === b.end_state &&
  a.end_reason === b.end_reason &&
  a.root === b.root;

interface Old extends Counted {
  readonly root: number | null;
}

/**
 * The counted entries that hang together with these, by however many references: one look where a
 * reference is to the entry that began a line, as phones write it, and two at most.
 */
async function near(
  tx: Queries,
  device: string,
  refs: readonly number[],
  seqs: readonly number[],
): Promise<Old[]> {
  const first = await readRooted(tx, device, refs, [...refs, ...seqs]);
  const found = new Map(first.map((old) => [old.entry.seq, old]));
  const roots = first.flatMap(({ root }) => root ?? []);
  const further = [...new Set(roots)].filter((root) => !refs.includes(root));
  const unseen = further.filter((root) => !seqs.includes(root));
  if (unseen.length > 0) {
    for (const old of await readRooted(tx, device, unseen, unseen)) found.set(old.entry.seq, old);
  }
  return [...found.values()].sort((a, b) => a.entry.seq - b.entry.seq);
}

async function readRooted(
  tx: Queries,
  device: string,
  seqs: readonly number[],
  roots: readonly number[],
): Promise<Old[]> {
  const rows = await tx.query<{ trusted: boolean; root: number | null; entry: string }>(
    `select trusted, root, entry from scans
       where device = $1 and counted and seq = any($2::bigint[])
     union all select trusted, root, entry from scans
       where device = $1 and counted and root is not null and root = any($3::bigint[])`,
    [device, seqs, roots],
  );
  return rows.flatMap(({ entry: text, ...row }) => {
    const entry = readEntry(text);
    return entry ? [{ ...row, entry }] : [];
  });
}

/** An entry as it was stored; undefined for one nobody here can read. */
export function readEntry(text: string): LogEntry | undefined {
  try {
    return parseEntry(JSON.parse(text));
  } catch {
    return undefined;
  }
}
