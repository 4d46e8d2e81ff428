import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStatus, type DeviceFacts } from '../../../src/core/enrol/device-status.ts';
import { type ConsoleClient, joined } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { someEntries, testKey } from '../../support/log-entries.ts';
import {
  enrolToken,
  post,
  type TestDevice,
  type TestHub,
  testHub,
  upload,
} from '../../support/test-hub.ts';

const codeIn = (link: string) =>
  new URLSearchParams(link.slice(link.indexOf('#') + 1)).get('code') ?? '';
const well: DeviceFacts = { app: '0.2.0', quality: 'synced', head: 0, unsent: 0, onShift: false };

describe.each(databases)('replacing a phone in the console on $name', ({ open }) => {
  let hub: TestHub;
  let admin: ConsoleClient;
  let elsewhere: ConsoleClient;
  beforeAll(async () => {
    hub = await testHub(await open());
    admin = await joined(hub, 'admin');
    elsewhere = await joined(hub, 'elsewhere', 'supervisor', ['region:CN-HE']);
    for (const id of ['east', 'west'])
      await admin.post('/gates', {
        ...{ id, name: `${id} 门`, venue: 'mall', region: 'CN-TJ', direction: 'in' },
      });
  });
  afterAll(() => hub.sql.close());

  const use = async (link: string) => {
    const key = await testKey();
    const came = await post(hub, '/v1/devices', await enrolToken(codeIn(link), key));
    const { device, code } = (await came.json()) as { device: string; code?: string };
    return { id: device, key, code };
  };
  const enrol = async (gate = 'east') =>
    use((await admin.post('/codes', { gates: [gate], paper: false })).body.codes[0].link);
  const tell = async (device: TestDevice, facts: Partial<DeviceFacts>) =>
    post(
      hub,
      '/v1/status',
      await buildStatus(
        { device: device.id, iat: 1, nonce: 'bm9uY2U', facts: { ...well, ...facts } },
        device.key.privateKey,
      ),
    );
  const look = async (id: string) => (await admin.get(`/devices/${id}`)).body;
  const replace = (id: string, more: object = {}, client = admin) =>
    client.post(`/devices/${id}/replace`, { reason: '手机丢了', paper: false, ...more });

  it('revokes it and makes a code at its gate, in one act that says what is missing', async () => {
    const lost = await enrol();
    const entries = await someEntries(6, lost.id);
    await upload(hub, lost, [...entries.slice(0, 2), ...entries.slice(3)]);
    await tell(lost, { head: 9, unsent: 3 });
    expect(await look(lost.id)).toMatchObject({
      gaps: [{ from: 3, to: 3 }],
      unsent: { from: 7, to: 9 },
    });
    const came = await replace(lost.id);
    expect([came.status, came.body.code.gate]).toEqual([201, 'east']);
    const [act] = (await admin.get('/acts')).body.acts;
    expect(act).toMatchObject({
      act: 'device-replaced',
      facts: {
        ...{ device: lost.id, gate: 'east', reason: '手机丢了', paper: false, pin: false },
        ...{ entries: 6, heardAt: hub.clock.wall(), missing: ['3', '7–9'] },
      },
    });
    expect(JSON.stringify(act)).not.toContain(codeIn(came.body.code.link));
    expect((await look(lost.id)).device.revokedAt).toBe(hub.clock.wall());

    const fresh = await use(came.body.code.link);
    expect((await look(fresh.id)).device).toMatchObject({ replaces: lost.id, gate: 'east' });
    expect((await look(lost.id)).device.replacedBy).toBe(fresh.id);
    expect((await replace(lost.id)).body.code).toBe('changed-meanwhile');
  });

  it('twice before anybody used the code: the newer one counts', async () => {
    const lost = await enrol();
    const first = (await replace(lost.id)).body.code;
    hub.clock.tick(1000);
    const second = (await replace(lost.id)).body.code;
    expect((await use(first.link)).code).toBe('code-expired');
    expect((await use(second.link)).id).toMatch(/./);
  });

  it('works again where the phone in its place was refused, and for one revoked before', async () => {
    const lost = await enrol();
    await admin.post(`/devices/${lost.id}/revoke`, { reason: 'lost' });
    const wrong = await use((await replace(lost.id)).body.code.link);
    await admin.post(`/devices/${wrong.id}/confirm`, { same: false });
    const right = await use((await replace(lost.id)).body.code.link);
    expect((await look(lost.id)).device.replacedBy).toBe(right.id);
  });

  it('gives a code for paper a day and the supervisors’ PIN, as any other', async () => {
    const lost = await enrol();
    const { code } = (await replace(lost.id, { paper: true, pin: '204815' })).body;
    expect(code.expiresAt - hub.clock.wall()).toBe(24 * 3_600_000);
    const kept = await hub.sql.query<{ pin: string }>(
      'select pin from enrol_codes where replaces = $1',
      [lost.id],
    );
    expect(kept[0]?.pin).toContain('"hash"');
    expect(kept[0]?.pin).not.toContain('204815');
  });

  it('at a gate that is closed does nothing', async () => {
    const lost = await enrol('west');
    const gate = { id: 'west', name: '西', venue: 'mall', region: 'CN-TJ', direction: 'in' };
    await admin.put('/gates/west', { version: 1, closed: true, gate });
    expect((await replace(lost.id)).body.code).toBe('gate-closed');
    expect((await look(lost.id)).device.revokedAt).toBeUndefined();
  });

  it('is for nobody of other areas, nor without a reason that can be read', async () => {
    const mine = await enrol();
    expect((await replace(mine.id, {}, elsewhere)).status).toBe(404);
    for (const reason of ['', ' ', 'a\u202Eb', 'x'.repeat(201)])
      expect((await replace(mine.id, { reason })).body.code).toBe('bad-shape');
    expect((await replace(mine.id, { reason: '<img src=x>', gate: 'west' })).body.code).toBe(
      'bad-shape',
    );
    expect((await look(mine.id)).device.revokedAt).toBeUndefined();
    expect((await replace('AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
  });

  it('says of each phone what it told, with an alarm where a hand is needed, those first', async () => {
    const phone = await enrol();
    await admin.post(`/devices/${phone.id}/confirm`, { same: true });
    const alarms = async (facts: Partial<DeviceFacts>) => {
      await tell(phone, facts);
      return (await look(phone.id)).device.alarms;
    };
    const now = Math.floor(hub.clock.wall() / 1000);
    expect(await alarms({ listIat: now - 3600, battery: 10, charging: false })).toEqual([]);
    expect(await alarms({ onShift: true, battery: 10, charging: true })).toEqual([]);
    expect(await alarms({ onShift: true, battery: 10, charging: false })).toEqual(['battery']);
    expect(await alarms({ listIat: now - 49 * 3600 })).toEqual(['list-old']);
    expect(await alarms({ usedBytes: 95, quotaBytes: 100 })).toEqual(['storage']);
    expect(await alarms({ fault: 'storage-quota' })).toEqual(['storage']);
    expect(await alarms({ skewS: -45 })).toEqual(['skew']);
    expect(await alarms({ quality: 'bad' })).toEqual(['clock']);
    expect(await alarms({ refused: 'settings-forged' })).toEqual(['settings']);
    const { device } = await look(phone.id);
    expect(device).toMatchObject({
      heardAt: hub.clock.wall(),
      ...{ app: '0.2.0', quality: 'synced', told: { refused: 'settings-forged', head: 0 } },
    });
    const ids = (await admin.get('/devices')).body.devices.map(
      (row: { revokedAt?: number; alarms: string[] }) =>
        row.revokedAt !== undefined ? 'revoked' : (row.alarms[0] ?? 'well'),
    );
    const order = ['settings', 'unconfirmed', 'well', 'revoked'];
    expect(ids).toEqual([...ids].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(ids[0]).toBe('settings');
  });
});
