import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConflictList } from '../../../src/core/console/conflicts.ts';
import type { EntryBody, LogEntry } from '../../../src/core/log/entry.ts';
import { epochMillis } from '../../../src/core/units.ts';
import { conflictsStatement } from '../../../src/hub/store/console/conflicts.ts';
import { forget } from '../../../src/hub/store/forget.ts';
import { chainedLog } from '../../support/chained-log.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { someScan } from '../../support/log-entries.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

const scan = (jti: string, change: object = {}) =>
  ({ ...someScan, jti: jti.padEnd(16, 'A'), ...change }) as EntryBody;
const from = Date.UTC(2022, 2, 1);
const minute = 60_000;

describe.each(databases)('codes shown twice on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let a: TestDevice;
  let b: TestDevice;
  let logs: readonly LogEntry[][];
  beforeAll(async () => {
    hub = await testHub(await open());
    admin = await joined(hub, 'admin');
    [a, b] = [await enrolled(hub), await enrolled(hub)];
    // every code of the first phone a minute apart; the second is offline and sends much later
    const first = [scan('one'), scan('two'), scan('three'), scan('four', { iss: 'CN-HE' })];
    const second = [
      scan('none'),
      scan('one'),
      scan('two', { state: 'stop', reason: 'colour-stop' }),
      scan('four'),
    ];
    logs = [
      await chainedLog(first, { device: a.id, from }),
      await chainedLog(second, { device: b.id, from: from + minute }),
      // far later, and by the same phone: nothing of that is one
      await chainedLog([scan('three')], { device: b.id, from: from + 20 * minute }),
    ];
    await upload(hub, a, logs[0] as LogEntry[]);
    await upload(hub, b, logs[1] as LogEntry[]);
  });
  afterAll(() => hub.sql.close());

  const list = async (who = admin, question: object = {}): Promise<ConflictList> =>
    (await who.post('/entries/conflicts', question)).body;

  it('are those of two phones within five minutes, of one issuer, with both gates and how it ended', async () => {
    const { conflicts, names } = await list();
    expect(conflicts.map(({ earlier, later, bothIn }) => [earlier.seq, later.seq, bothIn])).toEqual(
      [
        [2, 3, false],
        [1, 2, true],
      ],
    );
    expect(conflicts[1]).toMatchObject({
      earlier: { device: a.id, gate: 'demo-gate', outcome: 'admitted', at: from },
      later: { device: b.id, state: 'pass', at: from + 2 * minute },
    });
    expect(names).toEqual({ 'demo-gate': 'Kakou 演示卡口' });
  });

  it('are noted once, however often an upload comes again', async () => {
    await upload(hub, b, logs[1] as LogEntry[]);
    await upload(hub, a, logs[0] as LogEntry[]);
    expect((await list()).conflicts).toHaveLength(2);
  });

  it('are none where a phone was revoked before it sent its entries', async () => {
    const lost = await enrolled(hub);
    await admin.post(`/devices/${lost.id}/revoke`, { reason: 'lost' });
    await upload(hub, lost, await chainedLog([scan('one')], { device: lost.id, from }));
    expect((await list()).conflicts).toHaveLength(2);
  });

  it('go on where a page ended, and are nobody’s of other areas', async () => {
    const { conflicts } = await list();
    const [first] = conflicts;
    expect((await list(admin, { after: first?.key })).conflicts).toEqual([conflicts[1]]);
    const elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
    expect((await list(elsewhere)).conflicts).toEqual([]);
    await hub.sql.query(
      `insert into gates (id, name, venue, region, created_at) values ('far', 'Far', 'mall', 'CN-HE', 1)`,
    );
    await hub.sql.query(`update scans set gate = 'far' where device = $1`, [b.id]);
    const [seen] = (await list(elsewhere)).conflicts;
    // of a gate that is not theirs nothing but the time
    expect(seen?.earlier).toEqual({
      ...{ at: from + minute, device: '', seq: 0, gate: '', state: null, outcome: null },
    });
    expect(seen?.later.gate).toBe('far');
    expect((await admin.post('/entries/conflicts', { after: 1 })).body.code).toBe('bad-shape');
  });

  it('go when their entries are forgotten', async () => {
    const now = epochMillis(hub.clock.wall() + 1000);
    expect((await forget(hub.sql, { before: now, now })).entries).toBe(9);
    expect(await hub.sql.query('select * from conflicts')).toEqual([]);
  });

  it('are looked for in the upload’s own stretch of a log, by a plan made when nothing was known of the table', async () => {
    const plan = await hub.sql.transaction(async (tx) => {
      const { text } = conflictsStatement(a.id, [1]);
      await tx.query('set local plan_cache_mode = force_generic_plan');
      for (const way of ['seqscan', 'bitmapscan']) await tx.query(`set local enable_${way} = off`);
      await tx.query(`prepare look (text, bigint[], bigint, bigint, bigint) as ${text}`);
      const lines = await tx.query<{ 'QUERY PLAN': string }>(
        `explain execute look ('${a.id}', '{3,4}', 1, 3, 4)`,
      );
      await tx.query('deallocate look');
      return lines.map((line) => line['QUERY PLAN']);
    });
    const inLog = plan.flatMap((line, i) =>
      / on scans\S* n/.test(line) ? [[line, plan[i + 1]]] : [],
    );
    expect(inLog.length).toBeGreaterThan(0);
    for (const [scan, condition] of inLog) {
      // of an index that begins with device and seq
      expect(scan).not.toMatch(/shift/);
      expect(condition).toMatch(/device = \$1.*seq >= \$4.*seq <= \$5/);
    }
  });
});
