import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { type Area, conditions } from './area.ts';

/** A trusted device on shift of which nothing has come for a while. */
export interface SilentDevice {
  readonly gate: string;
  readonly device: string;
  readonly shift: string;
  /** When its shift began, by its own clock. */
  readonly since: number;
  /** When it was last heard of: something new of it came, or it told how it does. */
  readonly heardAt: number;
}

/**
 * Longest silent first: those whose newest mark of a shift is its start. A quiet gate is not silent: its
 * phone tells how it does (the page of phones counts the same).
 */
export async function silentGates(
  sql: Queries,
  { area, before }: { readonly area: Area; readonly before: EpochMillis },
): Promise<SilentDevice[]> {
  const where = conditions();
  const heard = 'greatest(coalesce(h.heard_at, 0), coalesce(t.told_at, 0))';
  const silent = `${heard} < ${where.value(before)}`;
  where.inArea('d.gate_id', area);
  return sql.query<SilentDevice>(
    `select d.gate_id as gate, d.id as device, mark.shift, mark.at as since,
       ${heard} as "heardAt"
     from devices d
     join device_heads h on h.device = d.id
     left join device_status t on t.device = d.id
     cross join lateral (
       select type, shift, at from scans
       where device = d.id and type in ('shift-start', 'shift-end')
       order by seq desc limit 1) as mark
     where d.revoked_at is null and mark.type = 'shift-start' and ${silent} and ${where.text()}
     order by 5, d.id`,
    where.params,
  );
}
