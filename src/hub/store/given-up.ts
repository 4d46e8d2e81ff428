import type { Queries } from '../../node/database.ts';

/** Seqs `from` to `to`, both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The seqs after `from` and up to `to` of which nothing was kept; `to` itself is. */
export function gapsBetween(
  tx: Queries,
  device: string,
  from: number,
  to: number,
): Promise<Range[]> {
  return tx.query<Range>(
    `select seq + 1 as "from", next - 1 as "to" from (
       select seq, lead(seq) over (order by seq) as next from (
         select $2::bigint as seq
         union all select seq from scans where device = $1 and seq > $2 and seq <= $3
         union all select seq from quarantine where device = $1 and seq > $2 and seq <= $3) as kept
       ) as steps
     where next > seq + 1 order by seq`,
    [device, from, to],
  );
}

/** From now on these are no longer waited for; they may still come. */
export async function giveUp(tx: Queries, device: string, gaps: readonly Range[]): Promise<void> {
  if (gaps.length === 0) return;
  const all = [...(await givenUp(tx, device)), ...gaps];
  await tx.query('update device_heads set given_up = $2 where device = $1', [
    device,
    JSON.stringify(all),
  ]);
}

export async function givenUp(sql: Queries, device: string): Promise<readonly Range[]> {
  const [row] = await sql.query<{ given_up: string }>(
    'select given_up from device_heads where device = $1',
    [device],
  );
  return row ? (JSON.parse(row.given_up) as Range[]) : [];
}

export const isIn = (ranges: readonly Range[], seq: number): boolean =>
  ranges.some(({ from, to }) => seq >= from && seq <= to);
