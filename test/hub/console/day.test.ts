import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { someEntries } from '../../support/log-entries.ts';
import { answerOf } from '../../support/run-command.ts';
import { enrolled, type TestHub, testHub, upload } from '../../support/test-hub.ts';

describe.each(databases)('the day in the console on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let elsewhere: ConsoleClient;
  beforeAll(async () => {
    hub = await testHub(await open());
    admin = await joined(hub, 'admin');
    elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
    const device = await enrolled(hub);
    await upload(hub, device, await someEntries(40, device.id));
  });
  afterAll(() => hub.sql.close());

  it('has the numbers of the command line, by gate, by hour and in sum', async () => {
    const { status, body } = await admin.get('/day?offset=480');
    expect(status).toBe(200);
    const { facts } = await answerOf(hub, 'gates', ['--json']);
    const [known] = (facts as { gates: { people: Record<string, number> }[] }).gates;
    expect(body.total.people).toBeGreaterThan(5);
    // who left, and what was looked at, are numbers of their own there
    expect(known?.people).toEqual({ ...body.total, left: 0, looks: 0 });
    expect(body.gates).toMatchObject([
      { gate: 'demo-gate', name: 'Kakou 演示卡口', ...body.total },
    ]);
    const sum = (of: { people: number }[]) => of.reduce((all, { people }) => all + people, 0);
    expect([body.hours.length, sum(body.hours)]).toEqual([24, body.total.people]);
    const states = Object.values(body.states as Record<string, number>);
    expect(states.reduce((all, count) => all + count, 0)).toBe(body.total.people);
  });

  it('begins at midnight where it is asked, and knows the days before', async () => {
    const { from, at } = (await admin.get('/day?offset=480')).body;
    expect((from + 480 * 60_000) % 86_400_000).toBe(0);
    expect(at - from).toBeLessThan(86_400_000);
    const before = (await admin.get('/day?offset=480&back=1')).body;
    expect([from - before.from, before.total.people]).toEqual([86_400_000, 0]);
    for (const bad of ['offset=x', 'back=-1', 'back=100'])
      expect((await admin.get(`/day?${bad}`)).body.code).toBe('bad-shape');
  });

  it('shows nobody a gate of other areas', async () => {
    const { total, gates, hours } = (await elsewhere.get('/day?offset=480')).body;
    expect([total.people, gates]).toEqual([0, []]);
    expect(hours.every(({ people }: { people: number }) => people === 0)).toBe(true);
  });

  it('is no sign of a person: asking for it keeps no session open', async () => {
    const client = await joined(hub, 'away');
    for (let i = 0; i < 6; i++) {
      hub.clock.tick(5 * 60_000);
      await client.get('/day');
    }
    expect((await client.get('/day')).body.code).toBe('sign-in-needed');
  });
});
