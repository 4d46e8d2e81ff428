import type { Conflict, ShownCode } from '../../../core/console/conflicts.ts';
import { limits } from '../../../core/limits.ts';
import { maxTwice, type ShownTwice } from '../../../core/sightings/sighting.ts';
import { type EpochMillis, epochMillis } from '../../../core/units.ts';
import type { Queries, Statement } from '../../../node/database.ts';
import { hot } from '../../../node/together.ts';
import { type Area, conditions } from './area.ts';

/** Milliseconds within which one code at two phones is a conflict. */
const withinMs = limits.passBackS * 1000;
/** Other phones noted of one entry: a code on everybody's phone is one story, not thousands. */
const mostEach = 5;

/**
 * Notes where a code of these entries, of those who came in, was shown to another phone within five minutes, before or after.
 * Asked when they are stored for good: of two phones that upload at once the later one sees the other.
 * The same again changes nothing; what a revoked phone says is none.
 */
export const conflictsStatement = (device: string, seqs: readonly number[]): Statement => ({
  ...noting,
  params: [device, seqs, withinMs, Math.min(...seqs), Math.max(...seqs)],
});

/** The same, asked: how many are new. */
export async function noteConflicts(
  sql: Queries,
  device: string,
  seqs: readonly number[],
): Promise<number> {
  const { text, params, name } = conflictsStatement(device, seqs);
  return (await sql.query(text, params, name)).length;
}

const noting = hot(
  `insert into conflicts (at, device, seq, other, other_seq)
     select greatest(n.at, o.at),
       case when (n.at, n.device) > (o.at, o.device) then n.device else o.device end,
       case when (n.at, n.device) > (o.at, o.device) then n.seq else o.seq end,
       case when (n.at, n.device) > (o.at, o.device) then o.device else n.device end,
       case when (n.at, n.device) > (o.at, o.device) then o.seq else n.seq end
     from scans n, lateral (
       select device, seq, at from scans
       where jti = n.jti and jti is not null and at between n.at - $3::bigint and n.at + $3::bigint
         and trusted and type = 'scan' and dir is distinct from 'out' and issuer is not distinct from n.issuer and device <> n.device
       order by at limit ${mostEach}) as o
     where n.device = $1 and n.seq between $4::bigint and $5::bigint and n.seq = any($2::bigint[]) and n.trusted and n.jti is not null and n.type = 'scan'
       and n.dir is distinct from 'out'
     on conflict do nothing returning seq`,
);

interface Row {
  readonly at: number;
  readonly device: string;
  readonly seq: number;
  readonly gate: string;
  readonly state: string | null;
  readonly outcome: string | null;
  readonly other_at: number;
  readonly other: string;
  readonly other_seq: number;
  readonly other_gate: string;
  readonly other_state: string | null;
  readonly other_outcome: string | null;
  readonly mine: boolean;
  readonly other_mine: boolean;
}

export interface AfterConflict {
  readonly at: number;
  readonly device: string;
  readonly seq: number;
}

/**
 * A page of them, the newest first, where either gate is one the reader may see; of a gate that is not,
 * nothing but the time is told.
 */
export async function listConflicts(
  sql: Queries,
  {
    area,
    limit,
    after,
  }: { readonly area: Area; readonly limit: number; readonly after?: AfterConflict | undefined },
): Promise<Conflict[]> {
  const where = conditions();
  const { value } = where;
  const mine = (column: string) =>
    area === undefined ? 'true' : `${column} = any(${value(area)}::text[])`;
  const [a, b] = [mine('n.gate'), mine('o.gate')];
  where.and(`(${a} or ${b})`);
  if (after) {
    const at = value(after.at);
    where.and(
      `c.at <= ${at} and (c.at, c.device, c.seq) < (${at}, ${value(after.device)}, ${value(after.seq)})`,
    );
  }
  const rows = await sql.query<Row>(
    `select n.at, c.device, c.seq, n.gate, n.end_state as state, n.outcome, ${a} as mine,
       o.at as other_at, c.other, c.other_seq, o.gate as other_gate, o.end_state as other_state,
       o.outcome as other_outcome, ${b} as other_mine
     from conflicts c
       join scans n on n.device = c.device and n.seq = c.seq
       join scans o on o.device = c.other and o.seq = c.other_seq
     where ${where.text()}
     order by c.at desc, c.device desc, c.seq desc limit ${value(limit)}`,
    where.params,
  );
  return rows.map((row) => ({
    earlier: shown(row.other_mine, {
      ...{ at: row.other_at, device: row.other, seq: row.other_seq, gate: row.other_gate },
      ...{ state: row.other_state, outcome: row.other_outcome },
    }),
    later: shown(row.mine, row),
    bothIn: row.outcome === 'admitted' && row.other_outcome === 'admitted',
    key: { at: Math.max(row.at, row.other_at), device: row.device, seq: row.seq },
  }));
}

function shown(isMine: boolean, { at, device, seq, gate, state, outcome }: ShownCode): ShownCode {
  return isMine
    ? { at, device, seq, gate, state, outcome }
    : { at, device: '', seq: 0, gate: '', state: null, outcome: null };
}

/** Milliseconds for which phones are told: as long as they keep a shift. */
const toldMs = 7 * 24 * 3_600_000;

interface ToldRow {
  readonly seq: number;
  readonly at: number;
  readonly gate: string;
  readonly name: string | null;
  readonly other_at: number;
}

/**
 * Of this device's scans those whose code was let in at another phone of the site as well: what its
 * guard is told after the next sync, whichever of the two came first. Of other sites nothing.
 */
export async function conflictsToTell(
  sql: Queries,
  device: string,
  site: string,
  now: EpochMillis,
): Promise<ShownTwice[]> {
  const rows = await sql.query<ToldRow>(
    `select n.seq, n.at, o.gate, g.name, o.at as other_at
     from (select at, seq, other, other_seq from conflicts where device = $1 and at > $3
       union all select at, other_seq, device, seq from conflicts where other = $1 and at > $3)
       as c (at, seq, other, other_seq)
       join scans n on n.device = $1 and n.seq = c.seq and n.outcome = 'admitted'
       join scans o on o.device = c.other and o.seq = c.other_seq and o.outcome = 'admitted'
       join gates g on g.id = o.gate and g.site = $2
     order by c.at desc limit ${maxTwice}`,
    [device, site, now - toldMs],
  );
  return rows.map(({ seq, at, gate, name, other_at }) => ({
    ...{ seq: Number(seq), at: epochMillis(at), gate, otherAt: epochMillis(other_at) },
    ...(name !== null && { name }),
  }));
}

/** Of entries that the operator has deleted nothing is kept here either. */
export const forgetConflicts = (tx: Queries): Promise<unknown> =>
  tx.query(
    `delete from conflicts c where
       not exists (select 1 from scans s where s.device = c.device and s.seq = c.seq)
       or not exists (select 1 from scans s where s.device = c.other and s.seq = c.other_seq)`,
  );
