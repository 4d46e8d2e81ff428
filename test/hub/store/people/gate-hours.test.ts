import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchEntry } from '../../../../src/core/log/batch.ts';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { canonicalJson } from '../../../../src/core/log/jcs.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { takeIn } from '../../../../src/hub/store/log-intake.ts';
import { countOldEntries } from '../../../../src/hub/store/people/count-old.ts';
import type { Sql } from '../../../../src/node/database.ts';
import { databases } from '../../../support/databases.ts';
import { randomBodies, unhashed } from '../../../support/entry-sequences.ts';
import { heldEnds, heldHubSums, heldSums, recount } from '../../../support/recount.ts';

const gates = ['g', 'h'] as const;
const hashOf = (seq: number) => seq.toString(16).padStart(64, '0');

/** What happens to one device's log on its way to the hub. */
interface Way {
  readonly gate: string;
  /** By entry: the gate it says, its shift, its direction. */
  readonly places: readonly (readonly [gate: string, shift: string, dir: 'in' | 'out'])[];
  /** Which upload each entry goes with; entries may come twice, and rivals of them too. */
  readonly uploads: readonly number[];
  readonly again: readonly number[];
  readonly forks: readonly number[];
  /** From this upload on the device is revoked. */
  readonly revokedFrom: number;
}

const six = { maxLength: 12, minLength: 12 };
const way: fc.Arbitrary<Way> = fc.record({
  gate: fc.constantFrom(...gates),
  places: fc.array(
    fc.tuple(
      fc.constantFrom('g', 'g', 'g', 'h'),
      fc.constantFrom('s', 's', 's', 's', 's', 't'),
      fc.constantFrom('in' as const, 'in' as const, 'out' as const),
    ),
    six,
  ),
  uploads: fc.array(fc.nat({ max: 5 }), six),
  again: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
  forks: fc.array(fc.nat({ max: 11 }), { maxLength: 2 }),
  revokedFrom: fc.integer({ min: 2, max: 12 }),
});

const asBatch = (entry: LogEntry, change: object = {}): BatchEntry => {
  const { seq } = entry;
  const whole = { ...entry, ...change, prev: hashOf(seq - 1), hash: hashOf(seq) } as LogEntry;
  return {
    seq,
    prev: whole.prev,
    hash: whole.hash,
    entry: whole,
    text: canonicalJson(whole) ?? '',
  };
};

/** The uploads of one device, in the order they come. */
function uploadsOf(log: readonly LogEntry[], { places, uploads, again, forks }: Way) {
  const entries = log.map((entry, i) => {
    const [gate, shift, dir] = places[i] ?? ['g', 's', 'in'];
    return asBatch(entry, { gate, shift, ...(dir === 'out' && { dir }) });
  });
  const batches = Array.from({ length: 6 }, (_, n) => entries.filter((_, i) => uploads[i] === n));
  const rivals = forks.flatMap((i) => (log[i] ? [asBatch(log[i], { app: 'forged' })] : []));
  const twice = again.flatMap((i) => entries[i] ?? []);
  return [...batches, ...[...twice, ...rivals].map((one) => [one])].filter(
    ({ length }) => length > 0,
  );
}

async function addDevice(sql: Sql, id: string, gate: string): Promise<void> {
  const place = JSON.stringify({ id: gate, name: gate, venue: 'mall' });
  await sql.query('insert into devices (id, jwk, gate, enrolled_at) values ($1, $2, $3, 1)', [
    ...[id, '{}', place],
  ]);
}

const emptied = [
  'gate_hours',
  'gate_people',
  'hub_hours',
  'scans',
  'quarantine',
  'batches',
  'device_heads',
  'devices',
];

async function empty(sql: Sql): Promise<void> {
  for (const table of emptied) await sql.query(`delete from ${table}`);
}

/** As rows of before the hub counted are after the migration. */
async function uncount(sql: Sql): Promise<void> {
  await sql.query('delete from gate_hours');
  await sql.query('delete from hub_hours');
  await sql.query('delete from gate_people');
  await sql.query(
    `update scans set counted = false, state = null, reason = null, issuer = null, jti = null,
       kind = null, dir = null, root = null, outcome = null, end_state = null, end_reason = null`,
  );
}

/** Most entries are about one of the few before them, so that lines and chains come about. */
const log = fc
  .tuple(fc.array(randomBodies, { minLength: 3, maxLength: 5 }), fc.array(fc.nat({ max: 4 }), six))
  .map(([parts, back]) => {
    const bodies = parts.flat().slice(0, 12);
    return unhashed(bodies).map((entry, i) => {
      const near = back[i] ?? 0;
      return 'ref' in entry && near > 0 ? { ...entry, ref: Math.max(1, i + 1 - near) } : entry;
    });
  });
const story = fc.record({
  logs: fc.tuple(log, log),
  ways: fc.tuple(way, way),
  /** Whose turn it is, upload by upload. */
  turns: fc.array(fc.nat({ max: 1 }), { minLength: 24, maxLength: 24 }),
  /** Before this upload all that is there was taken in by the hub of before. */
  countsFrom: fc.nat({ max: 24 }),
});

describe.each(databases)('sums of people by gate and hour on $name', ({ name, open }) => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await open();
  });
  afterAll(() => sql.close());

  async function tell({
    logs,
    ways,
    turns,
    countsFrom,
  }: typeof story extends fc.Arbitrary<infer T> ? T : never) {
    await empty(sql);
    const ids = ['a', 'b'] as const;
    for (const i of [0, 1] as const) await addDevice(sql, ids[i], ways[i].gate);
    const waiting = [uploadsOf(logs[0], ways[0]), uploadsOf(logs[1], ways[1])] as const;
    const sent = [0, 0];
    let uploads = 0;
    let isOld = false;
    for (const turn of [...turns, ...Array(24).fill(0), ...Array(24).fill(1)]) {
      const who = turn === 1 ? 1 : 0;
      const batch = waiting[who].shift();
      if (!batch) continue;
      if (uploads++ === countsFrom) {
        await uncount(sql);
        isOld = true;
      }
      const trusted = (sent[who] ?? 0) < ways[who].revokedFrom;
      sent[who] = (sent[who] ?? 0) + 1;
      const intake = { device: ids[who], trusted, gate: ways[who].gate, jws: 'x.y.z' };
      const at = epochMillis(1_646_121_600_000 + uploads);
      await takeIn(sql, { ...intake, receivedAt: at }, batch, async () => 'receipt');
      if (isOld && uploads % 2 === 0) await countOldEntries(sql, 3);
    }
    while ((await countOldEntries(sql, 4)) > 0);
  }

  const numRuns = name === 'PGlite' ? 120 : 40;
  it('equal a recount of what is stored by the phone’s reckoning, in whatever order it came', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(story, async (one) => {
        await tell(one);
        const { sums, ended } = await recount(sql);
        expect(await heldSums(sql)).toEqual(sums);
        expect(await heldEnds(sql)).toEqual(ended);
        const { own, added } = await heldHubSums(sql);
        expect(own).toEqual(added);
      }),
      { numRuns },
    );
  });
});
