import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryBody } from '../../../../src/core/log/entry.ts';
import { epochMillis } from '../../../../src/core/units.ts';
import { heatMap, liveCounts } from '../../../../src/hub/store/console/counts.ts';
import { forget } from '../../../../src/hub/store/forget.ts';
import { migrate } from '../../../../src/hub/store/migrations.ts';
import { compareEveryMs, compareSums } from '../../../../src/hub/store/people/compare-sums.ts';
import type { Sql } from '../../../../src/node/database.ts';
import { chainedLog } from '../../../support/chained-log.ts';
import { databases } from '../../../support/databases.ts';
import { someScan } from '../../../support/log-entries.ts';
import { heldHubSums, heldPeople } from '../../../support/recount.ts';
import { enrolled, type TestHub, testHub, upload } from '../../../support/test-hub.ts';

const begun = 1_646_121_600_000;
const hour = 3_600_000;
const scan = (change: object = {}) => ({ ...someScan, ...change }) as EntryBody;
const check = { state: 'check', reason: 'notice' } as const;
const word = (ref: number, outcome: 'admitted' | 'refused', more: object = {}) =>
  ({ type: 'decision', ref, ...check, outcome, by: 'guard', ...more }) as EntryBody;

/** Everything that moves a person from one sum to another, over three hours. */
const bodies: readonly EntryBody[] = [
  { type: 'shift-start', operator: 'A1' },
  scan({ companions: 2 }),
  scan(check),
  word(3, 'refused'),
  word(3, 'admitted', { by: 'supervisor', corrects: 4 }),
  { type: 'manual', category: 'elder', admitted: true },
  scan({ dir: 'out', reason: 'left' }),
  { type: 'look', method: 'camera', state: 'pass', reason: 'admitted', kind: 'live', iss: 'CN-TJ' },
  { type: 'supervisor', act: 'count', count: 9, was: 3 } as unknown as EntryBody,
  scan(check),
];

describe.each(databases)(
  'sums of all gates, and the people of each by hour, on $name',
  ({ open }) => {
    let sql: Sql;
    let hub: TestHub;
    beforeAll(async () => {
      sql = await open();
      hub = await testHub(sql);
      for (const gate of ['east', 'west', 'north', 'a', 'bb']) {
        const device = await enrolled(hub);
        await sql.query('update devices set gate = $2, gate_id = $3 where id = $1', [
          ...[device.id, JSON.stringify({ id: gate, name: gate, venue: 'mall' }), gate],
        ]);
        const log = await chainedLog(bodies, {
          ...{ device: device.id, gate, from: begun, stepMs: hour / 4 },
        });
        // by one statement, by a transaction because of the correction, and behind a gap
        await upload(hub, device, log.slice(0, 3));
        await upload(hub, device, log.slice(3, 5));
        await upload(hub, device, log.slice(7));
        await upload(hub, device, log);
      }
    });
    afterAll(() => sql.close());

    async function agree(): Promise<void> {
      const { own, added } = await heldHubSums(sql);
      expect(Object.keys(own).length).toBeGreaterThan(5);
      expect(own).toEqual(added);
      const people = await heldPeople(sql);
      expect(Object.keys(people.own).length).toBeGreaterThan(5);
      expect(people.own).toEqual(people.added);
    }
    const range = { from: epochMillis(begun - hour), to: epochMillis(begun + 24 * hour) };
    const gates = ['east', 'west', 'north', 'a', 'bb'];

    it('are those of the gates added up, in more than one part', async () => {
      await agree();
      const parts = await sql.query('select distinct part from hub_hours');
      expect(parts.length).toBeGreaterThan(1);
    });

    it('tell of all gates what the gates’ own tell of each', async () => {
      const all = await liveCounts(sql, { ...range, area: undefined });
      expect(all.length).toBeGreaterThan(10);
      expect(all).toEqual(await liveCounts(sql, { ...range, area: gates }));
      const map = await heatMap(sql, { ...range, area: undefined, offsetMinutes: 480 });
      expect(map.length).toBeGreaterThan(1);
      expect(map).toEqual(await heatMap(sql, { ...range, area: gates, offsetMinutes: 480 }));
    });

    it('are made of the gates’ own where there were none', async () => {
      await sql.query('drop table gate_people, hub_hours, hub_hours_compared');
      await sql.query('drop index scans_by_shift, scans_marks_by_gate');
      await sql.query('delete from migrations where version > 17');
      await migrate(sql);
      await agree();
    });

    it('are put right once, by two hubs, after a hub of before added to the gates’ own alone', async () => {
      await compareSums(sql, hub.clock.wall());
      for (const [gate, at] of [
        ['east', begun],
        ['new', begun + 400 * 24 * hour],
      ])
        await sql.query(
          `insert into gate_hours values ($1, $2, 'counted', 'in', 'pass', 'admitted', 'CN-TJ', 'admitted', 5, 0)
         on conflict (gate, hour, standing, dir, state, reason, issuer, outcome)
         do update set count = gate_hours.count + 5`,
          [gate, at],
        );
      await sql.query("delete from hub_hours where state = 'check'");
      await sql.query("delete from gate_people where gate = 'west'");
      await sql.query("update gate_people set refused = 7 where gate = 'bb'");
      expect(await compareSums(sql, hub.clock.wall())).toBe(0); // not yet due
      hub.clock.tick(compareEveryMs);
      const now = hub.clock.wall();
      const wrong = await Promise.all([compareSums(sql, now), compareSums(sql, now)]);
      expect(wrong.filter((n) => n > 0)).toHaveLength(1);
      await agree();
      hub.clock.tick(compareEveryMs);
      expect(await compareSums(sql, hub.clock.wall())).toBe(0);
    });

    it('stay when entries are forgotten', async () => {
      const before = [await heldHubSums(sql), await heldPeople(sql)];
      const now = hub.clock.wall();
      await forget(sql, { before: now, now });
      expect(await sql.query('select 1 from scans')).toEqual([]);
      expect([await heldHubSums(sql), await heldPeople(sql)]).toEqual(before);
      await agree();
    });
  },
);
