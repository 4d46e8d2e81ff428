import type { EpochMillis } from '../../src/core/units.ts';
import type { Sql } from '../../src/node/database.ts';
import { someEntries } from '../support/log-entries.ts';

export const gateCount = 200;
/** Entries of a gate in a day: two shifts of 500. */
const perDay = 1000;
/** 1 March 2022, midnight UTC. */
const begun = 1_646_092_800_000;
const stepMs = 86_400; // a thousand a day

/**
 * `rows` entries of a device at each gate, in the order hubs would have taken them in. Returns the hours
 * they lie in. Where as many are there already nothing is done. Texts are `alike`, or every entry says
 * what its columns do, as an export reads it.
 */
export async function fillConsole(sql: Sql, rows: number, texts: 'alike' | 'own' = 'alike') {
  const perGate = Math.ceil(rows / gateCount);
  const range = {
    from: begun as EpochMillis,
    to: (Math.ceil((begun + perGate * stepMs) / 3_600_000) * 3_600_000) as EpochMillis,
  };
  const [held] = await sql.query<{ last: number | null }>(
    'select max(seq) as last from device_heads',
  );
  if (held?.last === perGate) return vacuumed(sql, range); // kept from a run before
  if (held?.last)
    throw new Error(`The kept database has ${held.last} entries a gate, not ${perGate}`);
  await sql.query(
    `insert into devices (id, jwk, gate, gate_id, enrolled_at)
     select 'device-' || g, '{"kty":"EC","crv":"P-256","x":"${'A'.repeat(43)}","y":"${'A'.repeat(43)}"}',
       '{"id":"gate-' || g || '","name":"Gate","venue":"mall"}', 'gate-' || g, 0
     from generate_series(1, ${gateCount}) g`,
  );
  const entry = JSON.stringify((await someEntries(1))[0]).replaceAll("'", "''");
  const text = texts === 'alike' ? `'${entry}'` : ownText(entry);
  for (let from = 0; from < perGate; from += perDay) {
    await sql.query(fillSql(text), [from, Math.min(perDay, perGate - from)]);
  }
  await sql.query(
    `insert into device_heads (device, seq, hash, last_seq, heard_at)
     select 'device-' || g, $1, '', $1, ${begun} + $1::bigint * ${stepMs}
     from generate_series(1, ${gateCount}) g`,
    [perGate],
  );
  await sql.query(
    `insert into gate_hours select gate, at / 3600000 * 3600000, 'counted', coalesce(dir, 'in'),
       end_state, end_reason, coalesce(issuer, ''), outcome, count(*), 0
     from scans where outcome is not null group by 1, 2, 3, 4, 5, 6, 7, 8 order by 2, 1`,
  );
  await sql.query(hubHoursSql);
  await sql.query(gatePeopleSql);
  return vacuumed(sql, range);
}

/** As it is some time after its hour; what a migration has just made too. */
async function vacuumed<Range>(sql: Sql, range: Range): Promise<Range> {
  for (const table of ['scans', 'gate_hours', 'gate_people', 'hub_hours'])
    await sql.query(`vacuum analyze ${table}`);
  return range;
}

/** In the order of time, as intake leaves them. */
const gatePeopleSql = `insert into gate_people
  select gate, hour, sum(count), coalesce(sum(count) filter (where outcome = 'refused'), 0)
  from gate_hours where standing = 'counted' and dir = 'in' group by 1, 2 order by 2, 1`;

/** In the parts that intake keeps them in. */
const hubHoursSql = `insert into hub_hours
  select substr(gate, 6)::int % 4, hour, standing, dir, state, reason, issuer, outcome, sum(count)
  from gate_hours group by 1, 2, 3, 4, 5, 6, 7, 8 order by 2, 1`;

/** The text of a scan with what the row says of it in its place; marks and forms by their own words. */
const ownText = (scan: string): string => {
  const said = JSON.parse(scan) as Record<string, unknown>;
  const { v, quality, app, hash, prev } = said;
  const bare = JSON.stringify({ v, quality, app, hash, prev }).slice(0, -1);
  const base = `'${bare},"device":"' || device || '","gate":"' || gate || '","seq":' || seq || ',"at":' || at
    || ',"shift":"shift-' || seq / 500 || '","type":"' || type || '"'`;
  return `${base} || case type when 'shift-start' then ',"operator":"A1"}' when 'shift-end' then ',"scans":498}'
    when 'manual' then ',"category":"elder","admitted":true}'
    else ',"method":"camera","kind":"live","ageS":4,"bundle":7,"list":3,"state":"' || state || '","reason":"'
      || reason || case when n < 98 then '","st":"g","iss":"' || issuer || '","jti":"'
        || left(md5(seq || gate), 16) else '' end || '"}' end`;
};

/** 92 in 100 pass, 4 check, 2 stop, 1 unknown, 1 by hand; one in ten goes out. */
const fillSql = (text: string) => `
  insert into scans (device, trusted, received_at, seq, at, shift, gate, type, prev, hash, entry,
    state, reason, issuer, jti, kind, dir, outcome, end_state, end_reason, counted)
  select device, true, at, seq, at, 'shift-' || seq / 500, gate, type, md5(seq || gate) || md5(gate || seq),
    md5(gate || seq) || md5(seq || gate), ${text},
    case when not is_person or n = 99 then null else state end,
    case when not is_person or n = 99 then null else reason end,
    case when is_person and n < 98 then issuer end,
    case when is_person and n < 98 then left(md5(random()::text), 16) end,
    case when is_person and n < 98 then 'live' end, case when is_person and seq % 10 = 3 then 'out' end,
    case when not is_person then null when n < 92 or n = 99 then 'admitted' when n < 96 then
      case seq % 3 when 0 then 'refused' when 1 then 'admitted' else 'not-recorded' end
      else 'refused' end,
    case when is_person then case when n = 99 then 'byHand' else state end end,
    case when is_person then case when n = 99 then '' else reason end end, true
  from (
    select *, case when seq % 500 = 0 then 'shift-start' when seq % 500 = 499 then 'shift-end'
        when n = 99 then 'manual' else 'scan' end as type, seq % 500 not in (0, 499) as is_person,
      case when n < 92 then 'pass' when n < 96 then 'check' when n < 98 then 'stop' else 'unknown' end as state,
      case when n < 92 then 'admitted' when n < 95 then 'notice' when n < 96 then 'already-scanned'
        when n = 96 then 'colour-stop' when n = 97 then 'temperature-high' else 'unknown-issuer' end as reason,
      (array['CN-TJ', 'CN-HE', 'CN'])[1 + seq % 3] as issuer
    from (
      select 'device-' || g as device, 'gate-' || g as gate, s as seq,
        (hashtext(g || ':' || s) & 2147483647) % 100 as n,
        ${begun} + s::bigint * ${stepMs} + g as at
      from generate_series($1::int + 1, $1::int + $2::int) s, generate_series(1, ${gateCount}) g
    ) as who order by at
  ) as said`;
