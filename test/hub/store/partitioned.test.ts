import { describe, expect, it } from 'vitest';
import { migrate } from '../../../src/hub/store/migrations.ts';
import { verifyLog } from '../../../src/hub/store/proof/verify-log.ts';
import { operating } from '../../../src/node/patience.ts';
import { openPostgres } from '../../../src/node/postgres.ts';
import { someEntries } from '../../support/log-entries.ts';
import { partition } from '../../support/partitioned.ts';
import { postgresBin, startPostgres } from '../../support/postgres-server.ts';
import { batchOf, enrolled, post, testHub, upload } from '../../support/test-hub.ts';

const bins = [postgresBin()].flatMap((bin) => bin ?? []);

describe.each(bins)('scans partitioned by device and week (%s)', (bin) => {
  it('keeps what was there, and each entry once although no key can say so over weeks', {
    timeout: 60_000,
  }, async () => {
    const server = await startPostgres(bin);
    const sql = await openPostgres(server.url, () => {});
    await migrate(sql);
    const hub = await testHub(sql);
    const device = await enrolled(hub);
    const entries = await someEntries(30, device.id);
    await upload(hub, device, entries.slice(0, 10));
    // an operator's work: a table of 108 parts with their indexes takes longer than a phone would wait
    const operator = await openPostgres(server.url, () => {}, operating);
    await partition(operator, new Date(hub.clock.wall()));
    await operator.close();
    await migrate(sql);
    for (let week = 1; week <= 3; week++) {
      hub.clock.tick(7 * 24 * 3_600_000);
      const batch = await batchOf(device, entries.slice(0, 10 * week));
      await Promise.all([batch, batch, batch].map((same) => post(hub, '/v1/scans', same)));
    }
    const held = await sql.query(
      'select count(*) as n, count(distinct seq) as seqs, count(distinct tableoid) as weeks from scans',
    );
    expect(held).toEqual([{ n: 30, seqs: 30, weeks: 3 }]);
    expect(await verifyLog(sql, device.id)).toMatchObject({ entries: 30, head: { seq: 30 } });
    expect(await verifyLog(sql, device.id)).not.toHaveProperty('problem');
    const newest = await sql.query('select max(version) as newest from migrations');
    await migrate(sql);
    expect(await sql.query('select max(version) as newest from migrations')).toEqual(newest);
    await sql.close();
    server.stop();
  });
});
