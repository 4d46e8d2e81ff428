import { parseEntry } from '../../src/core/log/entry-schema.ts';
import { peopleOf } from '../../src/core/log/people.ts';
import type { Sql } from '../../src/node/database.ts';

const hourMs = 3_600_000;

interface StoredRow {
  readonly device: string;
  readonly seq: number;
  readonly trusted: boolean;
  readonly entry: string;
}

/** The sums of `gate_hours` that are not nought, by key, as the hub holds them. */
export async function heldSums(sql: Sql): Promise<Record<string, string>> {
  const rows = await sql.query<Record<string, unknown>>(
    'select * from gate_hours where count <> 0 or companions <> 0',
  );
  const sums = rows.map((row) => {
    const { gate, hour, standing, dir, state, reason, issuer, outcome, count, companions } = row;
    const key = [gate, hour, standing, dir, state, reason, issuer, outcome].join(' ');
    return [key, `${count} ${companions}`];
  });
  return Object.fromEntries(sums.sort());
}

/** Of all gates, by all but the gate, the people that are not nought: as their own sums have them, and added up here. */
export async function heldHubSums(sql: Sql) {
  const columns = ['hour', 'standing', 'dir', 'state', 'reason', 'issuer', 'outcome'];
  const of = async (table: string) => {
    const sums = new Map<string, number>();
    for (const row of await sql.query<Record<string, unknown>>(`select * from ${table}`)) {
      const key = columns.map((name) => row[name]).join(' ');
      sums.set(key, (sums.get(key) ?? 0) + Number(row['count']));
    }
    return Object.fromEntries([...sums].filter(([, n]) => n !== 0).sort());
  };
  return { own: await of('hub_hours'), added: await of('gate_hours') };
}

/** Who came to each gate by hour, where anybody did: as the sums of their own have it, and added up here. */
export async function heldPeople(sql: Sql) {
  const rows = await sql.query<Record<'gate' | 'hour' | 'people' | 'refused', unknown>>(
    'select * from gate_people where people <> 0 or refused <> 0',
  );
  const own = rows.map((row) => [`${row.gate} ${row.hour}`, `${row.people} ${row.refused}`]);
  const added = new Map<string, [people: number, refused: number]>();
  for (const row of await sql.query<Record<string, unknown>>('select * from gate_hours')) {
    if (row['standing'] !== 'counted' || row['dir'] !== 'in') continue;
    const name = `${row['gate']} ${row['hour']}`;
    const [people, refused] = added.get(name) ?? [0, 0];
    const count = Number(row['count']);
    added.set(name, [people + count, refused + (row['outcome'] === 'refused' ? count : 0)]);
  }
  const some = [...added].filter(([, sums]) => sums.some((n) => n !== 0));
  return {
    own: Object.fromEntries(own.sort()) as Record<string, string>,
    added: Object.fromEntries(some.map(([name, sums]) => [name, sums.join(' ')]).sort()),
  };
}

/** Everything stored, reckoned anew as a phone does: the sums, and how it ended by device and seq. */
export async function recount(sql: Sql) {
  const devices = await sql.query<{ id: string; gate: string }>('select id, gate from devices');
  const gates = new Map(devices.map(({ id, gate }) => [id, JSON.parse(gate).id as string]));
  const rows = await sql.query<StoredRow>(
    'select device, seq, trusted, entry from scans order by device, seq',
  );
  const groups = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const name = JSON.stringify([row.device, row.trusted, JSON.parse(row.entry).shift]);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const counts = new Map<string, [number, number]>();
  const ended: Record<string, string> = {};
  for (const group of groups.values()) {
    const [{ device, trusted }] = group as [StoredRow];
    const entries = group.flatMap(({ entry }) => parseEntry(JSON.parse(entry)) ?? []);
    const standingAt = (gate: string) =>
      gates.get(device) !== gate ? 'elsewhere' : trusted ? 'counted' : 'revoked';
    const add = (key: string, n: number, companions: number) => {
      const [before, along] = counts.get(key) ?? [0, 0];
      counts.set(key, [before + n, along + companions]);
    };
    for (const entry of entries) {
      const place = `${entry.gate} ${Math.floor(entry.at / hourMs) * hourMs} ${standingAt(entry.gate)}`;
      if (entry.type === 'look')
        add(`${place} look ${entry.state} ${entry.reason} ${entry.iss ?? ''} not-recorded`, 1, 0);
      if (entry.type === 'supervisor' && entry.count !== undefined && entry.was !== undefined)
        add(`${place} set byHand   admitted`, 0, entry.count - entry.was);
    }
    for (const line of peopleOf(entries)) {
      const first = line.scan ?? line.manual;
      const standing = standingAt(line.gate);
      const state = line.manual ? 'byHand' : line.state;
      const key = [
        ...[line.gate, Math.floor(line.at / hourMs) * hourMs, standing],
        ...[(first as { dir?: string }).dir === 'out' ? 'out' : 'in', state, line.reason ?? ''],
        ...[line.scan?.iss ?? '', line.outcome],
      ].join(' ');
      add(key, 1, line.companions);
      ended[`${device} ${line.seq}`] = `${line.outcome} ${state} ${line.reason ?? ''}`;
    }
  }
  const sums = [...counts]
    .filter(([, [n, companions]]) => n !== 0 || companions !== 0)
    .map(([key, [n, companions]]) => [key, `${n} ${companions}`]);
  return { sums: Object.fromEntries(sums.sort()) as Record<string, string>, ended };
}

/** How it ended for the people that rows stand for, as the columns say. */
export async function heldEnds(sql: Sql): Promise<Record<string, string>> {
  const rows = await sql.query<Record<string, unknown>>(
    'select device, seq, outcome, end_state, end_reason from scans where outcome is not null',
  );
  return Object.fromEntries(
    rows.map(({ device, seq, outcome, end_state, end_reason }) => [
      `${device} ${seq}`,
      `${outcome} ${end_state} ${end_reason}`,
    ]),
  );
}
