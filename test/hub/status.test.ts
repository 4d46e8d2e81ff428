import { CompactSign } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicHalf } from '../../src/authority/keys.ts';
import { buildStatus, type DeviceFacts } from '../../src/core/enrol/device-status.ts';
import { hashPin } from '../../src/core/enrol/pin.ts';
import { openGateSettings } from '../../src/core/enrol/signed-settings.ts';
import { epochSeconds, toSeconds } from '../../src/core/units.ts';
import { demoKeys } from '../../src/demo/demo-keys.ts';
import { revokeDevice } from '../../src/hub/store/devices.ts';
import { keepSettings } from '../../src/hub/store/places/gate-settings.ts';
import { databases } from '../support/databases.ts';
import { someEntries } from '../support/log-entries.ts';
import {
  batchOf,
  enrolled,
  post,
  type TestDevice,
  type TestHub,
  testHub,
} from '../support/test-hub.ts';

const facts: DeviceFacts = {
  ...{ app: '0.2.0', quality: 'synced', head: 7, unsent: 2, onShift: true },
  ...{ listIat: 1_646_100_000, usedBytes: 5e6, quotaBytes: 1e9, battery: 81, charging: false },
};
const receiptKeys = [publicHalf(demoKeys().receipt)];

describe.each(databases)('what a phone tells of itself on $name', ({ open }) => {
  let hub: TestHub;
  let device: TestDevice;
  beforeAll(async () => {
    hub = await testHub(await open());
    device = await enrolled(hub);
  });
  afterAll(() => hub.sql.close());

  const statusOf = (said: DeviceFacts = facts, of = device, by = device) =>
    buildStatus(
      { device: of.id, iat: 1_646_121_700, nonce: 'bm9uY2U', facts: said },
      by.key.privateKey,
    );
  const tell = async (said?: DeviceFacts, of?: TestDevice, by?: TestDevice) => {
    const answer = await post(hub, '/v1/status', await statusOf(said, of, by));
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const kept = async () =>
    JSON.parse(
      (
        await hub.sql.query<{ facts: string }>(
          'select facts from device_status where device = $1',
          [device.id],
        )
      )[0]?.facts ?? 'null',
    );

  it('is kept, the last word alone, and answered without settings where none are set', async () => {
    expect(await tell({ ...facts, battery: 90 })).toEqual({ status: 200, body: { trusted: true } });
    await tell();
    expect(await kept()).toEqual(facts);
    expect(await hub.sql.query('select count(*)::int as n from device_status')).toEqual([{ n: 1 }]);
  });

  it('is taken with members of a later version, which are left out', async () => {
    const later = { ...facts, mood: 'fine', name: '王芳' } as DeviceFacts;
    expect((await tell(later)).status).toBe(200);
    expect(await kept()).toEqual(facts);
  });

  it.each([
    ['a battery over 100', { battery: 101 }],
    ['half a percent', { battery: 0.5 }],
    ['a word with markup', { app: '<b onload=1>' }],
    ['a word without an end', { app: 'a'.repeat(41) }],
    ['a negative count', { unsent: -1 }],
    ['truth as a text', { onShift: 'yes' }],
  ])('with %s is refused whole', async (_, change) => {
    const came = await tell({ ...facts, ...change } as DeviceFacts);
    expect([came.status, came.body['code']]).toEqual([400, 'bad-shape']);
    expect(await kept()).toEqual(facts);
  });

  it('in another’s name, by another’s key, of another kind or by nobody is refused', async () => {
    const other = await enrolled(hub);
    const codes = async (body: string) =>
      ((await (await post(hub, '/v1/status', body)).json()) as { code: string }).code;
    expect((await tell(facts, device, other)).body['code']).toBe('bad-signature');
    const crossed = await new CompactSign(
      Buffer.from(JSON.stringify({ ...facts, device: device.id, iat: 1, nonce: 'n' })),
    )
      .setProtectedHeader({ alg: 'ES256', kid: other.id, typ: 'kakou-status+jwt' })
      .sign(other.key.privateKey);
    expect(await codes(crossed)).toBe('wrong-device');
    expect(await codes(await batchOf(device, await someEntries(1, device.id)))).toBe('wrong-type');
    const nobody = { ...device, id: 'AAAAAAAAAAAAAAAAAAAAAA' };
    expect((await tell(facts, nobody)).body['code']).toBe('unknown-device');
    expect(await codes('no token')).toBe('malformed');
    expect(await codes('x'.repeat(5000))).toBe('too-large');
    const log = await (
      await post(hub, '/v1/scans', await statusOf(), { 'content-type': 'application/jose' })
    ).json();
    expect(log).toMatchObject({ code: 'wrong-type' });
  });

  it('brings the settings of its gate, signed, until it says that it has them', async () => {
    const pin = await hashPin('204815', new Uint8Array(16));
    const set = { settings: { rapid: true, passBackS: 600, language: 'en' }, pin } as const;
    await hub.sql.transaction((tx) =>
      keepSettings(tx, 'demo-gate', set, toSeconds(hub.clock.wall())),
    );
    const { body } = await tell();
    const opened = await openGateSettings(Buffer.from(String(body['settings'])), receiptKeys);
    const iat = toSeconds(hub.clock.wall());
    expect(opened).toEqual({
      ok: true,
      value: { gate: 'demo-gate', iat, ...set.settings, supervisor: pin },
    });
    expect((await tell({ ...facts, settings: iat })).body).toEqual({ trusted: true });
    expect((await tell({ ...facts, settings: iat - 1 })).body).toHaveProperty('settings');
  });

  it('every change of settings is later than the one before, whatever the clock says', async () => {
    const iats: number[] = [];
    for (const at of [toSeconds(hub.clock.wall()), 5]) {
      await hub.sql.transaction((tx) =>
        keepSettings(
          tx,
          'demo-gate',
          { settings: { passBackS: 100 + (at % 10) } },
          epochSeconds(at),
        ),
      );
      const opened = await openGateSettings(
        Buffer.from(String((await tell()).body['settings'])),
        receiptKeys,
      );
      iats.push(opened.ok ? opened.value.iat : 0);
    }
    expect(iats[1]).toBe((iats[0] ?? 0) + 1);
  });

  it('of a revoked phone is kept, and brings neither settings nor the hash of a PIN', async () => {
    const lost = await enrolled(hub);
    await revokeDevice(hub.sql, lost.id, hub.clock.wall());
    expect((await tell(facts, lost, lost)).body).toEqual({ trusted: false });
  });

  it('is limited by device, and nothing of it is logged', async () => {
    const often = await enrolled(hub);
    const states = new Set<number>();
    for (let i = 0; i < 40; i++) states.add((await tell(facts, often, often)).status);
    expect([...states]).toEqual([200, 429]);
    const lines = hub.lines.join('\n');
    expect(lines).not.toContain(often.id);
    expect(lines).not.toContain('0.2.0');
  });
});
