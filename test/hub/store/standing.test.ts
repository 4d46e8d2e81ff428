import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/hub/store/open.ts';
import { operating } from '../../../src/node/patience.ts';
import { someEntries } from '../../support/log-entries.ts';
import { type PostgresServer, postgresBin, startPostgres } from '../../support/postgres-server.ts';
import { type Relay, relayTo } from '../../support/relay.ts';
import { startStandby } from '../../support/standby.ts';
import { batchOf, enrolled, post, type TestHub, testHub, upload } from '../../support/test-hub.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
const onError = () => {};
const bins = [postgresBin()].flatMap((bin) => bin ?? []);
const portOf = (server: PostgresServer): number => Number(new URL(server.url).port);

/** Status, and milliseconds until it was there. */
async function timed(asking: Response | Promise<Response>): Promise<readonly [number, number]> {
  const startedAt = performance.now();
  const { status } = await asking;
  return [status, performance.now() - startedAt];
}

/** A promise and what keeps it. */
function signal(): [Promise<void>, () => void] {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return [given, give];
}

describe.each(bins)('a hub whose PostgreSQL (%s)', (bin) => {
  let server: PostgresServer;
  let relay: Relay;
  let hub: TestHub;
  beforeAll(async () => {
    server = await startPostgres(bin);
    relay = await relayTo(portOf(server));
    const url = server.url.replace(/:\d+\//, `:${relay.port}/`);
    hub = await testHub(await openDatabase({ folder: '', url, onError }));
  });
  afterEach(() => relay.silence(false));
  afterAll(async () => {
    await hub.sql.close();
    relay.close();
    server.stop();
  });

  const health = () => {
    hub.clock.tick(5000);
    return hub.app.request('/healthz');
  };

  it('falls silent answers 503 in time, to more requests than it has connections, and works at once again', async () => {
    const device = await enrolled(hub);
    const batch = await batchOf(device, await someEntries(3, device.id));
    await Promise.all(Array.from({ length: 12 }, () => hub.sql.query('select 1')));
    relay.silence(true);
    const asked = Array.from({ length: 40 }, () => timed(post(hub, '/v1/scans', batch)));
    expect((await timed(health()))[0]).toBe(503);
    for (const [status, ms] of await Promise.all(asked)) {
      expect(status).toBe(503);
      expect(ms).toBeLessThan(12_000);
    }
    const refused = await post(hub, '/v1/scans', batch);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ code: 'unavailable' });
    relay.silence(false);
    const [status, ms] = await timed(post(hub, '/v1/scans', batch));
    expect(status).toBe(200);
    expect(ms).toBeLessThan(2000);
    expect((await health()).status).toBe(200);
  });

  it('falls silent in the middle of a transaction gives up, and leaves no lock behind', async () => {
    const device = await enrolled(hub);
    const held = hub.sql.transaction(async (tx) => {
      await tx.query('update devices set revoked_at = null where id = $1', [device.id]);
      relay.silence(true);
      await tx.query('select 1');
    });
    await expect(held).rejects.toMatchObject({ name: 'Unavailable' });
    relay.silence(false);
    // the server still holds the row for the one that is gone, 15 s at most
    await vi.waitFor(
      () => hub.sql.query('update devices set revoked_at = null where id = $1', [device.id]),
      { timeout: 30_000, interval: 500 },
    );
  });

  it('lets one device hold another’s up no longer than a lock may be waited for', async () => {
    const device = await enrolled(hub);
    const [letGo, release] = signal();
    const [held, isHeld] = signal();
    await upload(hub, device, await someEntries(1, device.id));
    const holding = hub.sql.transaction(async (tx) => {
      await tx.query('select 1 from device_heads where device = $1 for update', [device.id]);
      isHeld();
      await letGo;
    });
    await held;
    const batch = await batchOf(device, await someEntries(2, device.id));
    const [status, ms] = await timed(post(hub, '/v1/scans', batch));
    expect(status).toBe(503);
    expect(ms).toBeLessThan(6000);
    const other = await enrolled(hub);
    expect((await upload(hub, other, await someEntries(1, other.id))).opened.seq).toBe(1);
    release();
    await holding;
  });

  it('takes no writes says so by its health, keeps 503 for uploads, and recovers by itself', async () => {
    const turn = (how: 'on' | 'off') => {
      execFileSync(`${bin}/psql`, [
        ...[server.url, '-q'],
        ...['-c', `alter system set default_transaction_read_only = ${how}`],
        ...['-c', 'select pg_reload_conf()'],
      ]);
    };
    const device = await enrolled(hub);
    const batch = await batchOf(device, await someEntries(1, device.id));
    turn('on');
    await vi.waitFor(async () => expect((await health()).status).toBe(503), { timeout: 10_000 });
    expect((await post(hub, '/v1/scans', batch)).status).toBe(503);
    const looking = await openDatabase({
      folder: '',
      url: server.url,
      onError,
      patience: operating,
    });
    expect(await looking.query('select id from devices where id = $1', [device.id])).toHaveLength(
      1,
    );
    await looking.close();
    turn('off');
    await vi.waitFor(async () => expect((await health()).status).toBe(200), { timeout: 10_000 });
    expect((await post(hub, '/v1/scans', batch)).status).toBe(200);
  });

  it('has errors of ours answers 500, for those no waiting mends', async () => {
    await expect(hub.sql.query('select nothing from nowhere')).rejects.toMatchObject({
      code: '42P01',
    });
    await expect(
      hub.sql.transaction(async () => Promise.reject(new Error('ours'))),
    ).rejects.toThrow('ours');
  });
});

describe.each(bins)('a hub with several servers in its URL (%s)', (bin) => {
  it('writes to the one that takes writes, and follows it when it is killed and the other promoted, losing nothing it receipted', async () => {
    const primary = await startPostgres(bin);
    const standby = await startStandby(bin, primary);
    const hosts = [standby, primary].map(({ url }) => new URL(url).host);
    const url = `postgres://kakou@${hosts.join(',')}/postgres?target_session_attrs=read-write`;
    const hub = await testHub(await openDatabase({ folder: '', url, onError }));
    const device = await enrolled(hub);
    const entries = await someEntries(400, device.id);
    let receipted = 0;
    const seen: number[] = [];
    let killed = false;
    while (receipted < entries.length) {
      const batch = await batchOf(device, entries.slice(receipted, receipted + 5));
      const answer = await post(hub, '/v1/scans', batch);
      seen.push(answer.status);
      if (answer.status === 200) receipted += 5;
      if (receipted === 100 && !killed) {
        killed = true;
        primary.kill('SIGKILL');
        setTimeout(() => void standby.promote(), 1000);
      }
      if (answer.status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(new Set(seen)).toEqual(new Set([200, 503]));
    const [held] = await hub.sql.query<{ n: number }>('select count(*) as n from scans');
    expect(held?.n).toBe(entries.length);
    await hub.sql.close();
    standby.stop();
    rmSync(dirname(primary.data), { recursive: true, force: true });
  });
});
