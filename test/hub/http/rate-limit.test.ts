import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../../src/node/http/listen.ts';
import { tokenBuckets } from '../../../src/node/http/token-buckets.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { fakeClock } from '../../support/fakes/fake-clock.ts';
import { someEntries, testKey } from '../../support/log-entries.ts';
import { batchOf, enrolled, post, type TestHub, testHub, upload } from '../../support/test-hub.ts';

describe('a token bucket', () => {
  const clock = fakeClock();
  const fresh = (capacity?: number) =>
    tokenBuckets({ burst: 3, perSecond: 0.5 }, clock.monotonic, capacity);

  it('lets a burst through, then as many as flow in, and says how long to wait', () => {
    const take = fresh();
    expect([take('a'), take('a'), take('a'), take('a')]).toEqual([0, 0, 0, 2]);
    clock.tick(1500);
    expect(take('a')).toBe(1);
    clock.tick(500);
    expect([take('a'), take('a')]).toEqual([0, 2]);
    clock.tick(3_600_000);
    expect([take('a'), take('a'), take('a'), take('a')]).toEqual([0, 0, 0, 2]);
  });

  it('is nobody else’s', () => {
    const take = fresh();
    for (let i = 0; i < 4; i++) take('greedy');
    expect(take('modest')).toBe(0);
  });

  it('of too many keys the longest unused is forgotten, never the one in use', () => {
    const take = fresh(2);
    for (let i = 0; i < 3; i++) take('greedy');
    for (let i = 0; i < 1000; i++) {
      take(`other ${i}`);
      expect(take('greedy')).toBeGreaterThan(0);
    }
  });
});

describe('a hub that limits', () => {
  let hub: TestHub;
  let done = async (): Promise<void> => undefined;
  afterEach(() => done());

  async function limited(options: Parameters<typeof testHub>[1]) {
    const sql = await openEmbedded();
    hub = await testHub(sql, options);
    const { port, close } = await listen(hub.app, { host: '127.0.0.1', port: 0 });
    done = async () => {
      await close();
      await sql.close();
    };
    return (path: string, body: string, headers: HeadersInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers });
  }
  const nonce = JSON.stringify({ nonce: 'AAAAAAAAAAAAAAAAAAAAAA' });
  const one = { burst: 1, perSecond: 0.1 };

  it('takes in what it refused with 429 once the time it named is over, and loses nothing', async () => {
    await limited({ rates: { scans: one } });
    const device = await enrolled(hub);
    const entries = await someEntries(4, device.id);
    await upload(hub, device, entries.slice(0, 2));
    const batch = await batchOf(device, entries.slice(2));
    const refused = await post(hub, '/v1/scans', batch);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too-many' });
    expect(await (await hub.app.request('/metrics')).text()).toContain(
      'kakou_limited_total{what="scans"} 1',
    );
    hub.clock.tick(Number(refused.headers.get('retry-after')) * 1000);
    expect((await upload(hub, device, entries.slice(2))).opened.seq).toBe(4);
  });

  it('lets no forged batch spend the allowance of the device it names', async () => {
    await limited({ rates: { scans: one } });
    const device = await enrolled(hub);
    const thief = { id: device.id, key: await testKey() };
    for (let i = 0; i < 3; i++) {
      const forged = await batchOf(thief, await someEntries(1, device.id));
      expect((await post(hub, '/v1/scans', forged)).status).toBe(401);
    }
    expect((await upload(hub, device, await someEntries(1, device.id))).opened.seq).toBe(1);
  });

  it('lets a phone with 100,000 entries waiting send its 500 batches at once', async () => {
    await limited({});
    const device = await enrolled(hub);
    const batch = await batchOf(device, await someEntries(1, device.id));
    for (let i = 0; i < 500; i++) expect((await post(hub, '/v1/scans', batch)).status).toBe(200);
  });

  it('counts time and enrolment by the address on the line, whatever a client forwards', async () => {
    const ask = await limited({ rates: { time: one, devices: one } });
    for (const [path, body, first] of [
      ['/v1/time', nonce, 200],
      ['/v1/devices', 'x', 400],
    ] as const) {
      expect((await ask(path, body, { 'x-forwarded-for': '203.0.113.1' })).status).toBe(first);
      const second = await ask(path, body, { 'x-forwarded-for': '203.0.113.2' });
      expect([second.status, second.headers.get('retry-after')]).toEqual([429, '10']);
    }
  });

  it.each([
    ['another address', '203.0.113.2', 200],
    ['the same one', '203.0.113.1', 429],
    ['the same one behind a forged beginning', '198.51.100.7, 203.0.113.1', 429],
    ['the same one, written as IPv6', '::ffff:203.0.113.1', 429],
    ['the same one, written as IPv6 in hexadecimal', '::FFFF:cb00:7101', 429],
    ['the same one from another port', '203.0.113.1:51234', 429],
    ['another one with a port', '203.0.113.2:51234', 200],
    ['another one, in brackets with a port', '[2001:db8:0:2::1]:51234', 200],
    ['another one, in quotes', '"[2001:db8:0:3::1]"', 200],
    ['another subscriber of IPv6', '2001:db8:0:1::1', 200],
  ])('behind a trusted proxy counts by what it adds: %s', async (_, forwarded, status) => {
    const ask = await limited({ rates: { time: one }, trustProxy: true });
    expect((await ask('/v1/time', nonce, { 'x-forwarded-for': '203.0.113.1' })).status).toBe(200);
    expect((await ask('/v1/time', nonce, { 'x-forwarded-for': forwarded })).status).toBe(status);
  });

  it('behind a trusted proxy that names no address at all counts the proxy, as one', async () => {
    const ask = await limited({ rates: { time: one }, trustProxy: true });
    for (const [forwarded, status] of [
      ['unknown', 200],
      ['_hidden', 429],
      ['1.2.3.4.5:80', 429],
      ['[::1', 429],
    ] as const)
      expect((await ask('/v1/time', nonce, { 'x-forwarded-for': forwarded })).status).toBe(status);
  });

  it('counts the addresses of one IPv6 subscriber as one', async () => {
    const ask = await limited({ rates: { time: one }, trustProxy: true });
    const from = (address: string) => ask('/v1/time', nonce, { 'x-forwarded-for': address });
    expect((await from('2001:db8::1')).status).toBe(200);
    expect((await from('2001:0db8:0:0:ffff::2')).status).toBe(429);
    expect((await from('[2001:db8::3]:443')).status).toBe(429);
    expect((await from('2001:DB8::4%eth0')).status).toBe(429);
    expect((await from('2001:db8:0:1::1')).status).toBe(200);
    expect((await from('[2001:db8:0:1::2]')).status).toBe(429);
  });
});
