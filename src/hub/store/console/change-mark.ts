import type { Queries } from '../../../node/database.ts';

/** By which it is seen whether a page of the day can have changed: two that are equal, and it has not. */
export interface ChangeMark {
  /** Whether anything at all was written to this database. */
  readonly snapshot: string;
  /** What uploads, revocations and changes of gates and sites leave behind. */
  readonly sums: string;
}

/**
 * The mark now. As long as nobody has written anything it costs one look at the server's transaction
 * counter and no table; else four sums over devices, gates and sites, and none over entries.
 */
export async function changeMark(sql: Queries, before?: ChangeMark): Promise<ChangeMark> {
  const [now] = await sql.query<{ snapshot: string }>(
    'select txid_current_snapshot()::text as snapshot',
  );
  const { snapshot = '' } = now ?? {};
  if (before?.snapshot === snapshot) return before;
  const [row] = await sql.query<{ sums: string }>(
    `select concat_ws(' ',
       (select concat_ws(' ', count(*), sum(heard_at)) from device_heads),
       (select concat_ws(' ', count(*), count(revoked_at)) from devices),
       (select concat_ws(' ', count(*), sum(version)) from gates),
       (select concat_ws(' ', count(*), sum(version)) from sites)) as sums`,
  );
  return { snapshot, sums: row?.sums ?? '' };
}
