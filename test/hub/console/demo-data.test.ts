import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoData } from '../../../src/core/console/demo-data.ts';
import { toSeconds } from '../../../src/core/units.ts';
import { makeCity } from '../../../src/demo/city/city.ts';
import { demoAuthority } from '../../../src/demo/demo-authority.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { fakeClock } from '../../support/fakes/fake-clock.ts';
import { answerOf } from '../../support/run-command.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const asked = { seed: 'kakou', offset: 480 };
const wall = Date.UTC(2026, 10, 27, 9, 30);

describe('demo data by one button', () => {
  let hub: TestHub;
  let admin: ConsoleClient;
  beforeAll(async () => {
    hub = await testHub(await openEmbedded(), { clock: fakeClock(wall), makeCity });
    admin = await joined(hub, 'admin');
  });
  afterAll(() => hub.sql.close());

  it.each([
    {},
    { seed: '' },
    { ...asked, offset: 1e9 },
    { ...asked, more: 1 },
    { seed: 'a\u202e', offset: 0 },
  ])('is not made of %j', async (body) =>
    expect((await admin.post('/demo-data', body)).body.code).toBe('bad-shape'),
  );

  it('fills the day and the days before, in less than 30 s, telling how far it is', {
    timeout: 120_000,
  }, async () => {
    expect((await admin.get('/demo-data')).body).toEqual({ state: 'none', done: 0, total: 0 });
    const began = performance.now();
    const { status, body } = await admin.post('/demo-data', asked);
    expect([status, body.state, body.done]).toEqual([201, 'running', 0]);
    expect(body.total).toBeGreaterThan(8000);
    const told: number[] = [];
    let now: DemoData = body;
    while (now.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 100));
      now = (await admin.get('/demo-data')).body;
      told.push(now.done);
    }
    const tookS = (performance.now() - began) / 1000;
    expect(now).toEqual({ state: 'done', done: body.total, total: body.total });
    expect(new Set(told).size).toBeGreaterThan(5);
    expect(tookS).toBeLessThan(60); // 30 s, of a machine that others keep busy
  });

  it('came in by the gates’ own way: nothing in quarantine, every log proven', async () => {
    const { exitCode, facts } = await answerOf(hub, 'verify-log', ['--demo']);
    expect(exitCode).toBe(0);
    const { devices } = facts as { devices: { problem: unknown; quarantined: number }[] };
    expect(devices).toHaveLength(16);
    for (const { problem, quarantined } of devices)
      expect([problem, quarantined]).toEqual([null, 0]);
    expect((await answerOf(hub, 'verify-log', ['--operators'])).exitCode).toBe(0);
  });

  it('is a busy day, with places that fill and reasons to look at', async () => {
    const day = (await admin.get('/day?offset=480')).body;
    expect(day.total.people).toBeGreaterThan(500);
    expect(day.total.refused).toBeGreaterThan(5);
    expect(day.gates).toHaveLength(16);
    expect(day.reasons.length).toBeGreaterThan(6);
    expect(day.issuers.map(({ label }: { label?: object }) => label !== undefined)).toContain(true);
    const [station] = day.sites.filter(({ site }: { site: string }) => site === 'demo-west');
    expect(station.zones).toMatchObject([{ zone: 'inside', capacity: 900, gates: 3, hidden: 0 }]);
    expect(station.zones[0].wentIn - station.zones[0].wentOut).toBe(station.zones[0].inside);
    const { days } = (await admin.get('/heat?offset=480&days=7')).body;
    for (const { hours } of days)
      expect(
        hours.reduce((all: number, { people }: { people: number }) => all + people, 0),
      ).toBeGreaterThan(300);
  });

  it('is not made twice, nor over somebody’s gates, and stands in the log of acts', async () => {
    expect((await admin.post('/demo-data', asked)).body.code).toBe('demo-data-there');
    const { acts } = (await admin.get('/acts?act=demo-data-made')).body;
    expect(acts).toMatchObject([{ by: { name: 'admin' }, facts: { seed: 'kakou', gates: 16 } }]);
  });

  it('is asked for twice at once and made once', async () => {
    const oneGate: typeof makeCity = (about) => {
      const city = makeCity(about);
      return { ...city, phones: city.phones.slice(0, 1) };
    };
    const fresh = await testHub(await openEmbedded(), {
      clock: fakeClock(wall - 9 * 3_600_000),
      makeCity: oneGate, // nothing is asked of what it fills
    });
    const both = await joined(fresh, 'both');
    const answers = await Promise.all([
      both.post('/demo-data', asked),
      both.post('/demo-data', asked),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    while ((await both.get('/demo-data')).body.state === 'running')
      await new Promise((resolve) => setTimeout(resolve, 100));
    await fresh.sql.close();
  });

  it('is not to be had from a hub that is no demo’s', async () => {
    const clock = fakeClock(wall);
    const authority = await demoAuthority({ now: () => toSeconds(clock.wall()) });
    const real = await testHub(await openEmbedded(), {
      ...{ clock, makeCity },
      authority: { ...authority, demo: false },
    });
    const client = await joined(real, 'admin');
    expect((await client.get('/demo-data')).body.code).toBe('not-found');
    expect((await client.post('/demo-data', asked)).body.code).toBe('not-found');
    expect(await real.sql.query('select id from gates')).toEqual([]);
    await real.sql.close();
  });
});
