import type { VerdictState } from '../../core/verify/verdict.ts';
import type { Queries } from '../../node/database.ts';
import { listDevices } from '../store/devices.ts';

/** Which entries; a time is from its first millisecond to before the last. */
export interface Filter {
  readonly gate?: string;
  readonly device?: string;
  readonly from?: number;
  readonly until?: number;
  readonly verdict?: VerdictState;
  /** When the hub took them in. */
  readonly received?: { readonly from: number; readonly until: number };
}

/** A stored entry as the hub has it. */
export interface StoredEntry {
  readonly device: string;
  readonly seq: number;
  readonly receivedAt: number;
  /** False: it came after the device was revoked. */
  readonly trusted: boolean;
  readonly flag: string | null;
  /** Its canonical text, as the device signed it. */
  readonly entry: string;
}

/** Entries looked at in one statement: neither memory nor the hub's patience is used up. */
const stride = 1000;

/**
 * The entries by device and place in its log, a page at a time; no page is read before the one before
 * it was taken.
 */
export async function* readEntries(sql: Queries, filter: Filter): AsyncGenerator<StoredEntry[]> {
  const devices = await listDevices(sql);
  const heard = filter.received && (await heardSince(sql, filter.received.from));
  for (const { id } of devices) {
    if (filter.device !== undefined && filter.device !== id) continue;
    if (heard && !heard.has(id)) continue;
    for (let after = 0; ; ) {
      const last = await endOfPage(sql, id, after);
      if (last === undefined) break;
      const page = await readPage(sql, { ...filter, device: id, after, last });
      if (page.length > 0) yield page;
      after = last;
    }
  }
}

/** Devices of which something may have come since: no other one's log is looked through. */
async function heardSince(sql: Queries, from: number): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ device: string }>(
    'select device from device_heads where coalesce(heard_at, $1) >= $1',
    [from],
  );
  return new Set(rows.map(({ device }) => device));
}

/** The seq of the last of the next entries, by the index alone. */
async function endOfPage(sql: Queries, device: string, after: number): Promise<number | undefined> {
  const [row] = await sql.query<{ last: number | null }>(
    `select max(seq) as last from (
       select seq from scans where device = $1 and seq > $2 order by seq limit ${stride}) as page`,
    [device, after],
  );
  return row?.last ?? undefined;
}

interface Page extends Filter {
  readonly device: string;
  readonly after: number;
  readonly last: number;
}

function readPage(sql: Queries, page: Page): Promise<StoredEntry[]> {
  const { device, after, last, gate = null, from = 0, until = Number.MAX_SAFE_INTEGER } = page;
  const { received = { from: 0, until: Number.MAX_SAFE_INTEGER } } = page;
  const state = page.verdict === undefined ? null : `"state":"${page.verdict}"`;
  return sql.query<StoredEntry>(
    `select device, seq, received_at as "receivedAt", trusted, flag, entry from scans
     where device = $1 and seq > $2 and seq <= $3 and at >= $4 and at < $5
       and ($6::text is null or gate = $6)
       and ($7::text is null or (type = 'scan' and strpos(entry, $7) > 0))
       and received_at >= $8 and received_at < $9
     order by seq`,
    [device, after, last, from, until, gate, state, received.from, received.until],
  );
}
