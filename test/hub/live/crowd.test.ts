import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamLimits } from '../../../src/hub/live/places.ts';
import { beginSession } from '../../../src/hub/operators/sessions.ts';
import { type Listening, listen } from '../../../src/node/http/listen.ts';
import { joined } from '../../support/console-client.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { type EventReader, readEvents } from '../../support/event-reader.ts';
import { someEntries } from '../../support/log-entries.ts';
import { enrolled, type TestHub, testHub, upload } from '../../support/test-hub.ts';

const sessions = 700;
const each = 3;

describe('thousands who want to hold streams open', () => {
  let hub: TestHub;
  let place: Listening;
  const cookies: string[] = [];
  const stopping = new AbortController();
  beforeAll(async () => {
    hub = await testHub(await openEmbedded(), { trustProxy: true, stopping: stopping.signal });
    await joined(hub, 'admin');
    const [operator] = await hub.sql.query<{ id: string }>('select id from operators');
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    for (let i = 0; i < sessions; i++) {
      const whose = { operator: operator?.id ?? '', agent: '', now: hub.clock.wall() };
      cookies.push(`__Secure-kakou-console=${await beginSession(hub.sql, whose, random)}`);
    }
    place = await listen(hub.app, { host: '127.0.0.1', port: 0 });
  });
  afterAll(() => hub.sql.close());

  const ask = async (cookie: string, address: string): Promise<EventReader> =>
    readEvents(
      await fetch(`http://127.0.0.1:${place.port}/console/api/day/events?offset=480`, {
        headers: { cookie, 'x-forwarded-for': address, 'x-forwarded-proto': 'https' },
      }),
    );

  it('get so many as there is room for; gates and desks go on, and the hub stops when it is told', {
    timeout: 120_000,
  }, async () => {
    const open: EventReader[] = [];
    const statuses = new Map<number, number>();
    for (const [i, cookie] of cookies.entries()) {
      const three = Array.from({ length: each }, () => ask(cookie, `10.0.${i % 200}.1`));
      for (const stream of await Promise.all(three)) {
        statuses.set(stream.status, (statuses.get(stream.status) ?? 0) + 1);
        if (stream.status === 200) open.push(stream);
      }
    }
    expect(statuses.get(200)).toBe(streamLimits.inAll);
    expect(statuses.get(429)).toBe(sessions * each - streamLimits.inAll);

    // a gate uploads, and whoever has a stream hears of it
    const device = await enrolled(hub);
    const heard = Promise.all(
      open.map(async (stream) => {
        for (;;) {
          const day = await stream.day();
          if (!day || day.total.people === 20) return day?.total.people;
        }
      }),
    );
    const began = performance.now();
    await upload(hub, device, await someEntries(20, device.id));
    const health = await fetch(`http://127.0.0.1:${place.port}/healthz`);
    const tookMs = performance.now() - began;
    expect(health.status).toBe(200);
    expect(tookMs).toBeLessThan(5000);
    expect(new Set(await heard)).toEqual(new Set([20]));

    const stopsAt = performance.now();
    stopping.abort();
    await place.close();
    expect(performance.now() - stopsAt).toBeLessThan(5000); // the grace for what hangs is 10 s
    expect(await open[0]?.piece()).toBeUndefined();
  });
});
