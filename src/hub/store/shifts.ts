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
       ${counted('trusted', 'trusted')}, bool_or(type = 'shift-end') as ended,
       ${states.map((state) => counted(`type = 'scan' and entry::json->>'state' = '${state}'`, state)).join(', ')}
     from scans where shift <> '' and ($1::text is null or device = $1)
     group by device, shift order by max(at) desc limit $2`,
    [device ?? null, limit],
  );
  return rows.map(({ pass, check, stop, unknown, ...shift }) => ({
    ...shift,
    states: { pass, check, stop, unknown },
  }));
}

const states = ['pass', 'check', 'stop', 'unknown'] as const;

const counted = (what: string, name: string): string =>
  `(count(*) filter (where ${what}))::int as "${name}"`;
