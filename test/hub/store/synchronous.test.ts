import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/hub/store/open.ts';
import { someEntries } from '../../support/log-entries.ts';
import { postgresBin, startPostgres } from '../../support/postgres-server.ts';
import { startStandby } from '../../support/standby.ts';
import { batchOf, enrolled, post, testHub, upload } from '../../support/test-hub.ts';

vi.setConfig({ testTimeout: 90_000 });
const bins = [postgresBin()].flatMap((bin) => bin ?? []);

describe.each(bins)('a hub whose PostgreSQL waits for a standby (%s)', (bin) => {
  it('receipts nothing the standby lacks, not even what a primary that crashed and came back shows as stored', async () => {
    const primary = await startPostgres(bin);
    const standby = await startStandby(bin, primary);
    const hub = await testHub(
      await openDatabase({ folder: '', url: primary.url, onError: () => {} }),
    );
    const device = await enrolled(hub);
    const entries = await someEntries(4, device.id);
    await upload(hub, device, entries.slice(0, 2));
    const batch = await batchOf(device, entries.slice(2));
    standby.stop();
    expect((await post(hub, '/v1/scans', batch)).status).toBe(503); // in the primary's log alone
    primary.kill('SIGKILL');
    await vi.waitFor(() => primary.start(), { timeout: 30_000, interval: 500 });
    const held = () => hub.sql.query('select seq from scans where device = $1', [device.id]);
    await vi.waitFor(held, { timeout: 10_000 });
    expect(await held()).toHaveLength(4);
    expect((await post(hub, '/v1/scans', batch)).status).toBe(503);
    await hub.sql.close();
    primary.stop();
  });
});
