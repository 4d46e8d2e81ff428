import type { VerdictState } from '../../core/verify/verdict.ts';
import type { Queries } from './database.ts';

/** A shift as the hub knows it. */
export interface HubShift {
  readonly device: string;
  readonly shift: string;
  readonly gate: string;
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  /** Scans by the verdict first shown; decisions later are entries of their own. */
  readonly states: Readonly<Record<VerdictState, number>>;
  /** Its `shift-end` has come. */
  readonly ended: boolean;
  /** Entries that came while the device was trusted. */
  readonly trusted: number;
}

/** The newest shifts first, of one device or of all. */
export async function listShifts(
  sql: Queries,
  { device, limit }: { readonly device?: string; readonly limit: number },
): Promise<HubShift[]> {
  const rows = await sql.query<Omit<HubShift, 'states'> & Record<VerdictState, number>>(
    `select device, shift, min(gate) as gate, min(at) as from, max(at) as to, ${counted('true', 'entries')},
       ${counted('trusted', 'trusted')}, bool_or(type = 'shift-end') as ended, ${countStates}
     from ${device === undefined ? newestShifts : 'scans where device = $2'} and shift <> ''
     group by device, shift order by max(at) desc limit $1`,
    device === undefined ? [limit] : [limit, device],
  );
  return rows.map(({ pass, check, stop, unknown, ...shift }) => ({
    ...shift,
    states: { pass, check, stop, unknown },
  }));
}

/** The entries of the shifts that began or ended last, found by their marks and not in the whole log. */
const newestShifts = `
  (select distinct device as of, shift as named from (
     select device, shift from scans where type in ('shift-start', 'shift-end')
     order by at desc limit 2 * $1) as marks) as newest
  join scans on device = of and shift = named and seq >= coalesce(
    (select min(seq) from scans s where s.device = of and s.shift = named and s.type = 'shift-start'), 0)
  where true`;

const counted = (what: string, name: string): string =>
  `(count(*) filter (where ${what}))::int as "${name}"`;

/** Columns `pass`, `check`, `stop`, `unknown`: how many scans first showed that. */
export const countStates = ['pass', 'check', 'stop', 'unknown']
  .map((state) => counted(`type = 'scan' and entry::json->>'state' = '${state}'`, state))
  .join(', ');
