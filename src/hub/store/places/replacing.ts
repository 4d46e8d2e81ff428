import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';

/** Whether another phone that counts stands in this one's place already. The row is held until the end. */
export async function isReplaced(tx: Queries, device: string): Promise<boolean> {
  await tx.query('select 1 from devices where id = $1 for update', [device]);
  const rows = await tx.query(
    'select 1 from devices where replaces = $1 and revoked_at is null limit 1',
    [device],
  );
  return rows.length > 0;
}

/** Codes made for its place before and not used are over: of two at once the newer counts. */
export async function endCodesFor(tx: Queries, device: string, now: EpochMillis): Promise<void> {
  await tx.query(
    `update enrol_codes set expires_at = least(expires_at, $2)
     where replaces = $1 and used_at is null`,
    [device, now],
  );
}
