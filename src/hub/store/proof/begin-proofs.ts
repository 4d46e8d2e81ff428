import { emptyHead } from '../../../core/log/entry.ts';
import type { EpochMillis } from '../../../core/units.ts';
import type { Queries } from '../../../node/database.ts';
import { listDevices } from '../devices.ts';
import { describeDevice, type SignDevice } from './device-record.ts';

export const setRecord = (tx: Queries, device: string, record: string): Promise<unknown[]> =>
  tx.query('update devices set record = $2 where id = $1', [device, record]);

/** Since when every entry must be covered by a signature; undefined before the first start that keeps them. */
export async function proofsSince(sql: Queries): Promise<number | undefined> {
  const [row] = await sql.query<{ since: number }>('select since from proofs where id = 1');
  return row?.since;
}

/**
 * Once for a database: signs what it says of the devices that were enrolled before such words were
 * kept; their entries till now may lack signatures. Never again, or who changes a device's key would
 * only have to wait for a restart. One by one, so that a fleet is no long transaction; begun and cut
 * off, it goes on at the next start. Returns how many devices were taken over; undefined when it was
 * done before.
 */
export async function beginProofs(
  sql: Queries,
  sign: SignDevice,
  now: EpochMillis,
): Promise<number | undefined> {
  if ((await proofsSince(sql)) !== undefined) return undefined;
  const old = (await listDevices(sql)).filter(({ record }) => record === undefined);
  for (const device of old) {
    const record = await describeDevice(device, await logSoFar(sql, device.id), now);
    await setRecord(sql, device.id, await sign(record));
  }
  await sql.query('insert into proofs (id, since) values (1, $1) on conflict do nothing', [now]);
  return old.length;
}

async function logSoFar(tx: Queries, device: string) {
  const [row] = await tx.query<{ last: number; seq: number | null; hash: string | null }>(
    `select coalesce(greatest(
       (select max(seq) from scans where device = $1),
       (select max(seq) from quarantine where device = $1),
       (select forgotten_seq from device_heads where device = $1)), 0) as last,
       (select forgotten_seq from device_heads where device = $1) as seq,
       (select forgotten_hash from device_heads where device = $1) as hash`,
    [device],
  );
  const forgotten = row?.seq && row.hash ? { seq: row.seq, hash: row.hash } : emptyHead;
  return { unsigned: row?.last ?? 0, forgotten };
}
