import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sql } from '../../../src/node/database.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { streamOf } from '../../support/event-reader.ts';
import { someEntries } from '../../support/log-entries.ts';
import {
  enrolled,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

const times = { tickMs: 20, sessionMs: 0, longestRestMs: 50 };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The same database, with the statements that read counts written down. */
function counting(sql: Sql): Sql & { readonly asked: string[] } {
  const asked: string[] = [];
  const query: Sql['query'] = (text, params) => {
    asked.push(text);
    return sql.query(text, params);
  };
  return { ...sql, query, asked };
}

describe.each(databases)('the day told as it happens on $name', ({ open }) => {
  let sql: ReturnType<typeof counting>;
  let hub: TestHub;
  let admin: ConsoleClient;
  let device: TestDevice;
  const stopping = new AbortController();
  beforeAll(async () => {
    sql = counting(await open());
    hub = await testHub(sql, { streams: { times }, stopping: stopping.signal });
    admin = await joined(hub, 'admin');
    device = await enrolled(hub);
  });
  afterAll(() => hub.sql.close());

  const reckoned = () => sql.asked.filter((text) => text.includes('grouping sets')).length;
  let sent = 0;
  const scan = async (count: number) => {
    hub.clock.tick(1000);
    const all = await someEntries(sent + count, device.id);
    await upload(hub, device, all.slice(sent));
    sent += count;
  };

  it('begins with the day so far, in the answer’s own shape, for no cache and no proxy’s buffer', async () => {
    const stream = await streamOf(admin);
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    const told = await stream.day();
    expect(told).toEqual({ ...(await admin.get('/day?offset=480')).body, at: told?.at });
    await stream.cancel();
  });

  it('tells what an upload changed, and nothing while nothing changes', async () => {
    const stream = await streamOf(admin);
    const before = (await stream.day())?.total.people ?? -1;
    const next = stream.day();
    expect(await Promise.race([next, wait(200).then(() => 'nothing')])).toBe('nothing');
    await scan(7);
    expect((await next)?.total.people).toBe(before + 7);
    await stream.cancel();
  });

  it('reckons once for everybody who asks the same, and not again while nothing was written', async () => {
    const clients = await Promise.all([1, 2, 3].map((i) => joined(hub, `same ${i}`)));
    const streams = await Promise.all(clients.map((client) => streamOf(client)));
    await Promise.all(streams.map((stream) => stream.day()));
    await wait(60);
    const before = reckoned();
    await wait(200);
    expect(reckoned()).toBe(before);
    await scan(3);
    const days = await Promise.all(streams.map((stream) => stream.day()));
    expect(new Set(days.map((day) => day?.total.people)).size).toBe(1);
    expect(reckoned()).toBe(before + 1);
    for (const stream of streams) await stream.cancel();
  });

  it('hears of what another hub on the same database took in', async () => {
    const other = await testHub(sql, { clock: hub.clock });
    const stream = await streamOf(admin);
    const before = (await stream.day())?.total.people ?? -1;
    hub.clock.tick(1000);
    const all = await someEntries(sent + 2, device.id);
    await upload(other, device, all.slice(sent));
    sent += 2;
    expect((await stream.day())?.total.people).toBe(before + 2);
    await stream.cancel();
  });

  it('asks the database nothing once nobody listens', async () => {
    await wait(100);
    const before = sql.asked.length;
    await wait(150);
    expect(sql.asked.length).toBe(before);
  });

  it('notices that a phone went silent although nothing was written', async () => {
    const stream = await streamOf(admin);
    expect((await stream.day())?.silent).toEqual([]);
    const start = await someEntries(1, device.id, undefined, {
      type: 'shift-start',
      operator: 'A',
    });
    await sql.query(`update scans set type = 'shift-start' where device = $1 and seq = 1`, [
      device.id,
    ]);
    expect(start).toHaveLength(1);
    hub.clock.tick(11 * 60_000);
    const day = await stream.day();
    expect(day?.silent).toMatchObject([
      { gate: 'demo-gate', name: 'Kakou 演示卡口', device: device.id },
    ]);
    expect(day?.gates[0]).toMatchObject({ gate: 'demo-gate', silent: 1 });
    await stream.cancel();
  });

  it.each<[string, (client: ConsoleClient) => Promise<unknown>]>([
    [
      'its session is ended',
      () =>
        sql.query(`update operator_sessions set ended_at = 1 where operator in
       (select id from operators where name like 'ends %')`),
    ],
    [
      'the account is switched off',
      () => sql.query(`update operators set disabled_at = 1 where name like 'ends %'`),
    ],
    [
      'the role is another one',
      () => sql.query(`update operators set role = 'desk' where name like 'ends %'`),
    ],
    [
      'the areas are others',
      () => sql.query(`update operators set areas = '["region:CN-HE"]' where name like 'ends %'`),
    ],
    ['nobody was there for half an hour', async () => hub.clock.tick(31 * 60_000)],
  ])('ends when %s', async (how, change) => {
    const client = await joined(hub, `ends ${how}`);
    const stream = await streamOf(client);
    expect(await stream.day()).toBeDefined();
    await change(client);
    // a sign of life may still be on its way, a day may not
    expect(await stream.day()).toBeUndefined();
  });

  it('shows nobody what is not of their areas, nor a gate that is not', async () => {
    admin = await joined(hub, 'admin again');
    const elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
    const stream = await streamOf(elsewhere);
    expect(await stream.day()).toMatchObject({
      total: { people: 0 },
      gates: [],
      silent: [],
      issuers: [],
    });
    await stream.cancel();
    const other = await streamOf(elsewhere, 'offset=480&gate=demo-gate');
    expect(await other.piece()).toBe(': alive');
    expect(await other.day()).toBeUndefined();
    expect((await elsewhere.get('/day?gate=demo-gate')).body.code).toBe('not-found');
    expect((await admin.get('/day?gate=demo-gate')).body.gate).toEqual({
      ...{ id: 'demo-gate', name: 'Kakou 演示卡口' },
    });
  });

  it('takes no more streams than a session may have, and gives the place of one that is over', async () => {
    const streams = [await streamOf(admin), await streamOf(admin), await streamOf(admin)];
    const fourth = await streamOf(admin);
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '60']);
    await streams[0]?.cancel();
    const again = await streamOf(admin);
    expect(again.status).toBe(200);
    for (const stream of [...streams, again]) await stream.cancel();
  });

  it.each(['', 'offset=x', 'offset=480&back=1', 'offset=480&back=-1'])(
    'refuses a question like “%s”',
    async (query) => expect((await streamOf(admin, query)).status).toBe(400),
  );

  it('is no sign of a person, and no answer to HEAD', async () => {
    expect((await streamOf(admin, 'offset=480', 'HEAD')).status).toBe(400);
    const away = await joined(hub, 'away');
    const seen = `select seen_at from operator_sessions s join operators o on o.id = s.operator where o.name = 'away'`;
    const [before] = await sql.query(seen);
    hub.clock.tick(5 * 60_000);
    const stream = await streamOf(away);
    await stream.day();
    await stream.cancel();
    expect((await sql.query(seen))[0]).toEqual(before);
  });

  it('sends a comment now and then, so that the line is known to be alive', async () => {
    const stream = await streamOf(admin);
    expect(await stream.piece()).toBe(': alive');
    await stream.day();
    hub.clock.tick(21_000);
    expect(await stream.piece()).toBe(': alive');
    await stream.cancel();
  });

  it('ends when the hub stops, and takes no new one', async () => {
    const stream = await streamOf(admin);
    await stream.day();
    stopping.abort();
    expect(await stream.day()).toBeUndefined();
    expect((await streamOf(admin)).status).toBe(429);
  });
});
