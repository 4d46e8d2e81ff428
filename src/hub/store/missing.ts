import { utf8 } from '../../core/bytes.ts';
import { parseReceipt } from '../../core/log/receipt.ts';
import { peekSignedFile } from '../../core/trust/signed-file.ts';
import type { Queries } from '../../node/database.ts';
import type { Range } from './given-up.ts';

/** What the hub knows it does not hold of one device's log, and what it holds only aside. */
export interface Missing {
  readonly device: string;
  /** The highest seq any entry of it came with; what was written after that is not known here. */
  readonly last: number;
  /** Everything through here has come and follows the entry before it. */
  readonly head: number;
  /** When an entry came last, in milliseconds. */
  readonly receivedAt?: number;
  readonly gaps: readonly Range[];
  readonly quarantined: readonly { readonly seq: number; readonly reason: string }[];
  /** Entries for another gate than the device is enrolled at, counted as they come. */
  readonly otherGate: number;
  /** Entries that came after the device was revoked. */
  readonly untrusted: number;
  /** Times that a bad entry of the revoked device came for which there was no room. */
  readonly unkept: number;
  /** Shifts whose start has come and whose end has not. */
  readonly openShifts: readonly { readonly shift: string; readonly at: number }[];
}

interface Tail {
  readonly device: string;
  readonly head: number;
  readonly last: number;
  readonly receipt: string | null;
  readonly received_at: number | null;
  readonly other_gate: number;
  readonly untrusted: number;
  readonly unkept: number;
}

/** Of every device ever enrolled, in the order of enrolment, or of one. */
export async function listMissing(sql: Queries, device?: string): Promise<Missing[]> {
  const only = [device ?? null];
  const tails = await sql.query<Tail>(tailsSql, only);
  const gaps = groupByDevice(await sql.query<Range & OfDevice>(gapsSql, only));
  const bad = groupByDevice(
    await sql.query<Missing['quarantined'][number] & OfDevice>(quarantineSql, only),
  );
  const open = groupByDevice(
    await sql.query<Missing['openShifts'][number] & OfDevice>(openShiftsSql, only),
  );
  return tails.map((tail) => ({
    device: tail.device,
    last: tail.last,
    head: tail.head,
    ...receivedAt(tail),
    otherGate: tail.other_gate,
    untrusted: tail.untrusted,
    unkept: tail.unkept,
    gaps: gaps.get(tail.device) ?? [],
    quarantined: bad.get(tail.device) ?? [],
    openShifts: open.get(tail.device) ?? [],
  }));
}

/** The newest entry's time or, when a gap before it was filled later, the receipt's. */
function receivedAt({ receipt, received_at }: Tail): { receivedAt?: number } {
  const file = utf8(receipt ?? '');
  const peeked = peekSignedFile(file, file.length);
  const opened = parseReceipt(peeked.ok ? peeked.value : undefined);
  const times = [received_at, opened.ok ? opened.value.t * 1000 : null].flatMap((at) => at ?? []);
  return times.length === 0 ? {} : { receivedAt: Math.max(...times) };
}

const tailsSql = `
  select d.id as device, h.receipt, s.received_at, coalesce(h.seq, 0) as head,
    coalesce(h.other_gate, 0) as other_gate, coalesce(h.untrusted, 0) as untrusted,
    coalesce(h.unkept, 0) as unkept,
    greatest(coalesce(h.seq, 0), coalesce(s.seq, 0), coalesce(q.seq, 0)) as last
  from devices d
  left join device_heads h on h.device = d.id
  left join lateral (
    select seq, received_at from scans where device = d.id order by seq desc limit 1) s on true
  left join lateral (
    select seq from quarantine where device = d.id order by seq desc limit 1) q on true
  where $1::text is null or d.id = $1
  order by d.enrolled_at, d.id`;

/** Only what lies behind the heads is read: before a head there is no gap. */
const gapsSql = `
  select device, seq + 1 as "from", next - 1 as "to" from (
    select device, seq, lead(seq) over (partition by device order by seq) as next from (
      select device, seq from device_heads where $1::text is null or device = $1
      union all
      select h.device, b.seq from device_heads h, lateral (
        select seq from scans where device = h.device and seq > h.seq
        union all select seq from quarantine where device = h.device and seq > h.seq
        order by seq limit ${1_000_000}) b
      where $1::text is null or h.device = $1) as known) as steps
  where next > seq + 1 order by device, seq`;

const quarantineSql = `
  select device, seq, reason from quarantine
  where dropped is null and ($1::text is null or device = $1) order by device, seq, reason`;

const openShiftsSql = `
  select device, shift, at from scans s
  where type = 'shift-start' and ($1::text is null or device = $1) and not exists (
    select 1 from scans e where e.device = s.device and e.shift = s.shift and e.type = 'shift-end')
  order by device, seq`;

interface OfDevice {
  readonly device: string;
}

function groupByDevice<T extends OfDevice>(rows: readonly T[]): Map<string, Omit<T, 'device'>[]> {
  const groups = new Map<string, Omit<T, 'device'>[]>();
  for (const { device, ...row } of rows) {
    const group = groups.get(device) ?? [];
    group.push(row);
    groups.set(device, group);
  }
  return groups;
}
