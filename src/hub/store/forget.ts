import type { EpochMillis } from '../../core/units.ts';
import type { Queries, Sql } from './database.ts';
import { listDevices } from './devices.ts';
import { lockHead } from './log-store.ts';

/**
 * Deletes the entries that came before a time, of each device a prefix of what is held without a
 * break; the hash of the last one stays, so that the rest can be verified and goes on. Such an entry
 * offered again is a duplicate. Enrolment codes of before go too. Returns how many entries went.
 */
export async function forget(sql: Sql, before: EpochMillis): Promise<number> {
  let gone = 0;
  for (const { id } of await listDevices(sql)) {
    gone += await sql.transaction((tx) => forgetOf(tx, id, before));
  }
  await sql.query('delete from enrol_codes where expires_at < $1', [before]);
  return gone;
}

async function forgetOf(tx: Queries, device: string, before: EpochMillis): Promise<number> {
  const head = await lockHead(tx, device);
  const [stays] = await tx.query<{ seq: number | null }>(
    `select min(seq) as seq from (
       select min(seq) as seq from scans where device = $1 and received_at >= $2
       union all select min(seq) from quarantine where device = $1 and received_at >= $2) as firsts`,
    [device, before],
  );
  const last = Math.min((stays?.seq ?? Number.MAX_SAFE_INTEGER) - 1, head.seq);
  const [anchor] = await tx.query<{ hash: string }>(
    `select hash from scans where device = $1 and seq = $2
     union all select hash from quarantine where device = $1 and seq = $2 and reason <> 'fork'`,
    [device, last],
  );
  if (!anchor || last <= head.forgotten.seq) return 0;
  await tx.query(
    'update device_heads set forgotten_seq = $2, forgotten_hash = $3 where device = $1',
    [device, last, anchor.hash],
  );
  let gone = 0;
  for (const table of ['scans', 'quarantine']) {
    const where = `from ${table} where device = $1 and seq <= $2`;
    const [old] = await tx.query<{ n: number }>(`select count(*) as n ${where}`, [device, last]);
    await tx.query(`delete ${where}`, [device, last]);
    gone += old?.n ?? 0;
  }
  return gone;
}
