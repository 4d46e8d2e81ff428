import { emptyHead } from '../../core/log/entry.ts';
import type { EpochMillis } from '../../core/units.ts';
import type { Queries, Sql } from './database.ts';
import { describeDevice, type SignDevice } from './device-record.ts';
import { listDevices } from './devices.ts';

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
 * only have to wait for a restart. Returns how many devices were taken over; undefined when it was
 * done already.
 */
export function beginProofs(
  sql: Sql,
  sign: SignDevice,
  now: EpochMillis,
): Promise<number | undefined> {
  return sql.transaction(async (tx) => {
    const [first] = await tx.query(
      'insert into proofs (id, since) values (1, $1) on conflict do nothing returning since',
      [now],
    );
    if (!first) return undefined;
    const recorded = await tx.query<{ id: string }>(
      'select id from devices where record is not null',
    );
    const done = new Set(recorded.map(({ id }) => id));
    const old = (await listDevices(tx)).filter(({ id }) => !done.has(id));
    for (const device of old) {
      const record = await describeDevice(device, await logSoFar(tx, device.id), now);
      await setRecord(tx, device.id, await sign(record));
    }
    return old.length;
  });
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
