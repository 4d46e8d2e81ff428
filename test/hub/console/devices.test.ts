import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { someEntries, testKey } from '../../support/log-entries.ts';
import { enrolToken, post, type TestHub, testHub, upload } from '../../support/test-hub.ts';

const codeIn = (link: string) => new URLSearchParams(link.slice(link.indexOf('#') + 1));

describe.each(databases)('phones in the console on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let elsewhere: ConsoleClient;
  beforeAll(async () => {
    hub = await testHub(await open());
    admin = await joined(hub, 'admin');
    elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
    for (const id of ['east', 'west'])
      await admin.post('/gates', {
        id,
        name: `${id} 门`,
        venue: 'mall',
        region: 'CN-TJ',
        direction: 'in',
      });
  });
  afterAll(() => hub.sql.close());

  const makeCode = async (gates: string[], paper = false) =>
    (await admin.post('/codes', { gates, paper })).body.codes;
  const enrol = async (link: string, key?: Awaited<ReturnType<typeof testKey>>) =>
    post(
      hub,
      '/v1/devices',
      await enrolToken(codeIn(link).get('code') ?? '', key ?? (await testKey())),
    );

  it('makes codes for gates, all of them or none, with the page’s own address', async () => {
    const codes = await makeCode(['east', 'west']);
    expect(codes).toHaveLength(2);
    expect(Object.fromEntries(codeIn(codes[0].link))).toMatchObject({
      ...{ hub: 'https://hub.example', gate: 'east', venue: 'mall' },
    });
    expect(codes[0].expiresAt - hub.clock.wall()).toBe(600_000);
    expect((await admin.post('/codes', { gates: ['east', 'none'], paper: false })).status).toBe(
      404,
    );
    expect((await elsewhere.post('/codes', { gates: ['east'], paper: false })).status).toBe(404);
    const kept = JSON.stringify(await hub.sql.query('select * from enrol_codes'));
    expect(kept).not.toContain(codeIn(codes[0].link).get('code'));
  });

  it('gives them in the order of the table of gates, in which they are printed, however they were chosen', async () => {
    const idOf = ({ id }: { id: string }) => id;
    const shown = (await admin.get('/gates')).body.gates.map(idOf);
    expect(shown).toHaveLength(2);
    const gateOf = ({ gate }: { gate: string }) => gate;
    expect((await makeCode(['west', 'east'], true)).map(gateOf)).toEqual(shown);
    expect((await makeCode(['east', 'west'], true)).map(gateOf)).toEqual(shown);
  });

  it('makes codes for paper that are good for a day', async () => {
    const [code] = await makeCode(['east'], true);
    hub.clock.tick(20 * 3_600_000);
    admin = await joined(hub, 'admin of the next day');
    elsewhere = await joined(hub, 'elsewhere the next day', 'supervisor', ['region:CN-HE']);
    expect((await enrol(code.link)).status).toBe(201);
  });

  it('shows the six digits of the phone that used the code, and 一样 confirms it', async () => {
    const [code] = await makeCode(['east']);
    expect((await admin.post('/codes/uses', { ids: [code.id] })).body.uses).toEqual([]);
    const { device } = (await (await enrol(code.link)).json()) as { device: string };
    const { uses } = (await admin.post('/codes/uses', { ids: [code.id] })).body;
    expect(uses).toEqual([{ id: code.id, device, digits: expect.stringMatching(/^\d{6}$/) }]);
    const before = (await admin.get(`/devices/${device}`)).body.device;
    expect([before.digits, before.alarms]).toEqual([uses[0].digits, ['unconfirmed']]);
    expect((await admin.post(`/devices/${device}/confirm`, { same: true })).status).toBe(200);
    const after = (await admin.get(`/devices/${device}`)).body.device;
    expect([after.confirmedAt, after.alarms]).toEqual([hub.clock.wall(), []]);
  });

  it('不一样 revokes the phone at once', async () => {
    const [code] = await makeCode(['west']);
    const { device } = (await (await enrol(code.link)).json()) as { device: string };
    await admin.post(`/devices/${device}/confirm`, { same: false });
    expect((await admin.get(`/devices/${device}`)).body.device.revokedAt).toBe(hub.clock.wall());
  });

  it('says of a phone what came, what is missing, and that it is silent', async () => {
    const [code] = await makeCode(['east']);
    const key = await testKey();
    const { device } = (await (await enrol(code.link, key)).json()) as { device: string };
    const entries = await someEntries(6, device);
    await upload(hub, { id: device, key }, [...entries.slice(0, 2), ...entries.slice(4)]);
    const { device: row, gaps } = (await admin.get(`/devices/${device}`)).body;
    expect(row).toMatchObject({ entries: 6, missing: 2, receivedAt: hub.clock.wall() });
    expect(gaps).toEqual([{ from: 3, to: 4 }]);
    expect(row.alarms).toContain('gap');
  });

  it('is shown to nobody of other areas', async () => {
    const { devices } = (await admin.get('/devices')).body;
    expect(devices.length).toBeGreaterThan(3);
    expect((await elsewhere.get('/devices')).body.devices).toEqual([]);
    const { id } = devices[0];
    for (const came of [
      await elsewhere.get(`/devices/${id}`),
      await elsewhere.post(`/devices/${id}/revoke`, { reason: 'mine now' }),
      await elsewhere.post(`/devices/${id}/confirm`, { same: false }),
      await elsewhere.post(`/devices/${id}/drop-quarantine`, { reason: 'gone' }),
    ])
      expect(came.status).toBe(404);
  });

  it('is revoked for a reason, which is written down', async () => {
    const { devices } = (await admin.get('/devices')).body;
    const { id } = devices[0];
    expect((await admin.post(`/devices/${id}/revoke`, { reason: '' })).body.code).toBe('bad-shape');
    expect((await admin.post(`/devices/${id}/revoke`, { reason: '手机丢了' })).status).toBe(200);
    const { acts } = (await admin.get('/acts')).body;
    expect(acts[0]).toMatchObject({
      act: 'device-revoked',
      facts: { device: id, reason: '手机丢了' },
    });
    expect((await admin.get(`/devices/${id}`)).body.device.revokedAt).toBe(hub.clock.wall());
  });
});
