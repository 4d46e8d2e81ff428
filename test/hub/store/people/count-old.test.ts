import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { forget } from '../../../../src/hub/store/forget.ts';
import { migrate } from '../../../../src/hub/store/migrations.ts';
import { countOldEntries } from '../../../../src/hub/store/people/count-old.ts';
import { keepCounting } from '../../../../src/hub/store/people/keep-counting.ts';
import { verifyLog } from '../../../../src/hub/store/proof/verify-log.ts';
import type { Sql } from '../../../../src/node/database.ts';
import { databases } from '../../../support/databases.ts';
import type { FirstVersion } from '../../../support/first-version.ts';
import { someShift } from '../../../support/log-entries.ts';
import { heldEnds, heldHubSums, heldSums, recount } from '../../../support/recount.ts';
import { enrolled, post, type TestHub, testHub, upload } from '../../../support/test-hub.ts';
import { undoCounting } from '../../../support/undo-counting.ts';

const first: FirstVersion = JSON.parse(
  readFileSync(new URL('../../../fixtures/first-version.json', import.meta.url), 'utf8'),
);

describe.each(databases.slice(0, 2))('entries of before the hub counted, on $name', ({ open }) => {
  let sql: Sql;
  let hub: TestHub;
  beforeAll(async () => {
    sql = await open();
    hub = await testHub(sql);
  });
  afterAll(() => sql.close());

  async function sumsAgree(): Promise<void> {
    const { own, added } = await heldHubSums(sql);
    expect(Object.keys(own).length).toBeGreaterThan(1);
    expect(own).toEqual(added);
  }

  async function takeOld(): Promise<string> {
    const gate = { id: 'demo-gate', name: 'Gate', venue: 'residential', region: 'CN-TJ' };
    await sql.query('insert into devices (id, jwk, gate, enrolled_at) values ($1, $2, $3, 1)', [
      ...[first.device, JSON.stringify(first.jwk), JSON.stringify(gate)],
    ]);
    await post(hub, '/v1/scans', first.batch);
    const device = await enrolled(hub);
    await upload(hub, device, await someShift(40, device.id));
    await undoCounting(sql);
    await sql.query('delete from migrations where version > 10');
    await migrate(sql);
    return device.id;
  }

  it('are counted once, by two hubs, one killed in the middle, and whole for verify-log', async () => {
    const device = await takeOld();
    expect(await heldSums(sql)).toEqual({});
    const killed: Sql = {
      ...sql,
      transaction: (work) =>
        sql.transaction(async (tx) => {
          await work(tx);
          throw new Error('killed before the commit');
        }),
    };
    await countOldEntries(sql, 7);
    await expect(countOldEntries(killed, 7)).rejects.toThrow('killed');
    const counted: number[] = [];
    const news = {
      ...{ counted: (n: number) => counted.push(n), putRight: () => {}, waiting: () => {} },
    };
    const { wall } = hub.clock;
    const hubs = [keepCounting(sql, wall, news), keepCounting(sql, wall, news)];
    await expect
      .poll(() => sql.query('select 1 from scans where not counted'), { timeout: 20_000 })
      .toEqual([]);
    await Promise.all(hubs.map((stop) => stop()));
    const { sums, ended } = await recount(sql);
    expect(Object.keys(sums).length).toBeGreaterThan(1);
    expect(await heldSums(sql)).toEqual(sums);
    expect(await heldEnds(sql)).toEqual(ended);
    await sumsAgree();
    expect(await verifyLog(sql, device, [demoKeys().receipt.jwk])).toMatchObject({ findings: [] });
  });

  it('stay in the sums when they are forgotten, those not yet counted too', async () => {
    await sql.query('delete from gate_hours');
    await sql.query('delete from hub_hours');
    await sql.query('delete from gate_people');
    await sql.query(
      `update scans set counted = false, state = null, reason = null, issuer = null, jti = null,
         kind = null, dir = null, root = null, outcome = null, end_state = null, end_reason = null`,
    );
    const { sums } = await recount(sql);
    hub.clock.tick(1000);
    const now = hub.clock.wall();
    await forget(sql, { before: now, now });
    expect(await sql.query('select 1 from scans')).toEqual([]);
    expect(await heldSums(sql)).toEqual(sums);
    await sumsAgree();
  });
});
