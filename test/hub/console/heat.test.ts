import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeatMap } from '../../../src/core/console/live.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { someEntries } from '../../support/log-entries.ts';
import { enrolled, type TestHub, testHub, upload } from '../../support/test-hub.ts';

describe.each(databases)('the hours of many days on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  beforeAll(async () => {
    hub = await testHub(await open());
    admin = await joined(hub, 'admin');
    const device = await enrolled(hub);
    await upload(hub, device, await someEntries(40, device.id));
  });
  afterAll(() => hub.sql.close());

  const heat = async (query: string): Promise<HeatMap> => (await admin.get(`/heat?${query}`)).body;
  const sum = ({ days }: HeatMap) =>
    days.flatMap(({ hours }) => hours).reduce((all, { people }) => all + people, 0);

  it('has a row for every day up to today, 24 hours each, and as many people as the days', async () => {
    const map = await heat('offset=480&days=7');
    expect(map.days.map(({ hours }) => hours.length)).toEqual(Array(7).fill(24));
    const today = (await admin.get('/day?offset=480')).body;
    expect(sum(map)).toBe(today.total.people);
    const last = map.days.at(-1);
    expect(Date.parse(`${last?.day}T00:00:00+08:00`)).toBe(today.from);
    expect(last?.hours.map(({ people }) => people)).toEqual(
      today.hours.map(({ people }: { people: number }) => people),
    );
  });

  it('puts people into the hour and the day of the asker’s own clock', async () => {
    const at = 1_646_121_600_000; // 1 March 2022, 08:00 UTC
    for (const offset of [480, 0, -600, 840]) {
      const { days } = await heat(`offset=${offset}&days=30`);
      const local = new Date(at + offset * 60_000).toISOString();
      const day = days.find(({ hours }) => hours.some(({ people }) => people > 0));
      expect(day?.day).toBe(local.slice(0, 10));
      expect(day?.hours.findIndex(({ people }) => people > 0)).toBe(Number(local.slice(11, 13)));
    }
  });

  it('is of one gate when it is asked for, and of nobody else’s', async () => {
    const one = await heat('offset=480&gate=demo-gate');
    expect([one.gate?.name, sum(one)]).toEqual(['Kakou 演示卡口', sum(await heat('offset=480'))]);
    const elsewhere = await joined(hub, 'elsewhere', 'auditor', ['region:CN-HE']);
    expect(sum((await elsewhere.get('/heat?offset=480')).body)).toBe(0);
    expect((await elsewhere.get('/heat?gate=demo-gate')).body.code).toBe('not-found');
  });

  it.each(['days=0', 'days=31', 'days=x', 'days=-1', 'offset=x', 'offset=99999', 'days=1.5'])(
    'refuses a question like %s',
    async (query) => expect((await admin.get(`/heat?${query}`)).body.code).toBe('bad-shape'),
  );
});
