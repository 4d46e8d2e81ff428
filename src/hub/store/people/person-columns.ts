import type { Queries } from '../../../node/database.ts';
import type { Person } from './reckoning.ts';

/** Columns of an entry that are not its own word alone. */
export interface PersonColumns {
  /** Of the entry that stands for a person: how it ended. */
  readonly outcome: string | null;
  /** The verdict as it ended, or `byHand`: what `gate_hours` counts the person under. */
  readonly end_state: string | null;
  readonly end_reason: string | null;
  /** Of an entry about another: where that leads to (`roots.ts`). */
  readonly root: number | null;
}

export const personColumnNames = ['outcome', 'end_state', 'end_reason', 'root'] as const;

export const personColumns = (
  person: Person | undefined,
  root: number | undefined,
): PersonColumns => ({
  outcome: person?.outcome ?? null,
  end_state: person?.state ?? null,
  end_reason: person?.reason ?? null,
  root: root ?? null,
});

/** Writes how it ended for people whose rows were there before. */
export async function movePeople(
  tx: Queries,
  device: string,
  moved: readonly (readonly [seq: number, columns: PersonColumns])[],
): Promise<void> {
  if (moved.length === 0) return;
  const columns = moved.map(([, one]) => one);
  await tx.query(
    `update scans set outcome = n.outcome, end_state = n.end_state, end_reason = n.end_reason,
       root = n.root
     from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[])
       as n (seq, outcome, end_state, end_reason, root)
     where scans.device = $1 and scans.seq = n.seq`,
    [device, moved.map(([seq]) => seq), ...columnArrays(columns, personColumnNames)],
  );
}

/** One array a column, as `unnest` takes them. */
export const columnArrays = <Row>(
  rows: readonly Row[],
  names: readonly (keyof Row)[],
): Row[keyof Row][][] => names.map((name) => rows.map((row) => row[name]));
