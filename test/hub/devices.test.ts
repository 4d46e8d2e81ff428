import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochSeconds } from '../../src/core/units.ts';
import { demoAuthority } from '../../src/demo/demo-authority.ts';
import { revokeDevice } from '../../src/hub/store/devices.ts';
import { databases } from '../support/databases.ts';
import { testKey } from '../support/log-entries.ts';
import { enrolToken, freshCode, post, type TestHub, testHub } from '../support/test-hub.ts';

const seen = async (answer: Response) => {
  const { code } = (await answer.json()) as { code?: string };
  return [answer.status, code];
};

describe.each(databases)('POST /v1/devices on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const enrol = async (...args: Parameters<typeof enrolToken>) =>
    post(hub, '/v1/devices', await enrolToken(...args));

  it('gives a device its id and gate for a fresh code and a key it proves to have', async () => {
    const answer = await enrol(await freshCode(hub), await testKey());
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      device: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      gate: { id: 'demo-gate', name: 'Kakou 演示卡口', venue: 'residential', region: 'CN-TJ' },
    });
  });

  it('refuses the second use of a code, so that a photographed one is worth nothing', async () => {
    const code = await freshCode(hub);
    expect((await enrol(code, await testKey())).status).toBe(201);
    expect(await seen(await enrol(code, await testKey()))).toEqual([409, 'code-used']);
  });

  it('gives the same answer to the same code and key, and makes no second device: an answer is lost', async () => {
    const [code, key] = [await freshCode(hub), await testKey()];
    const count = async () => (await hub.sql.query('select 1 from devices')).length;
    const first = await enrol(code, key);
    const [devices, answer] = [await count(), await first.json()];
    hub.clock.tick(3_600_000);
    const again = await enrol(code, key, { claims: { nonce: 'YW5vdGhlcg' } });
    expect([again.status, await again.json()]).toEqual([201, answer]);
    expect(await count()).toBe(devices);
    expect(await seen(await enrol(code, await testKey()))).toEqual([409, 'code-used']);
    expect(await seen(await enrol(await freshCode(hub), key))).toEqual([201, undefined]);
    expect(await (await enrol(code, key)).json()).toEqual(answer);
  });

  it('makes no ghost of a phone that lost the answer and comes with another code for the same gate', async () => {
    const key = await testKey();
    const codes = [await freshCode(hub), await freshCode(hub)];
    const count = async () => (await hub.sql.query('select 1 from devices')).length;
    const before = await count();
    const answers = [];
    for (const code of [...codes, ...codes]) answers.push(await (await enrol(code, key)).json());
    expect(answers).toEqual([answers[0], answers[0], answers[0], answers[0]]);
    expect(await count()).toBe(before + 1);
    for (const code of codes)
      expect(await seen(await enrol(code, await testKey()))).toEqual([409, 'code-used']);
  });

  it('makes a new device of a revoked one that comes with a new code', async () => {
    const key = await testKey();
    const first = (await (await enrol(await freshCode(hub), key)).json()) as { device: string };
    await revokeDevice(hub.sql, first.device, hub.clock.wall());
    const next = (await (await enrol(await freshCode(hub), key)).json()) as { device: string };
    expect(next.device).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(next.device).not.toBe(first.device);
  });

  it('gives no answer again to a device that was revoked meanwhile', async () => {
    const [code, key] = [await freshCode(hub), await testKey()];
    const { device } = (await (await enrol(code, key)).json()) as { device: string };
    await revokeDevice(hub.sql, device, hub.clock.wall());
    expect(await seen(await enrol(code, key))).toEqual([409, 'code-used']);
  });

  it('gives one code to only one of two devices that come at the same time', async () => {
    const code = await freshCode(hub);
    const keys = await Promise.all([testKey(), testKey(), testKey()]);
    const answers = await Promise.all(keys.map((key) => enrol(code, key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('refuses a code after ten minutes, to the millisecond', async () => {
    const codes = [await freshCode(hub), await freshCode(hub)];
    hub.clock.tick(10 * 60_000 - 1);
    expect((await enrol(codes[0] ?? '', await testKey())).status).toBe(201);
    hub.clock.tick(1);
    expect(await seen(await enrol(codes[1] ?? '', await testKey()))).toEqual([410, 'code-expired']);
  });

  it('refuses a code nobody made', async () => {
    const answer = await enrol('AAAAAAAAAAAAAAAAAAAAAA', await testKey());
    expect(await seen(answer)).toEqual([404, 'code-unknown']);
  });

  it('refuses a key its bearer does not have, and does not use the code up', async () => {
    const [code, key, thief] = [await freshCode(hub), await testKey(), await testKey()];
    expect(await seen(await enrol(code, key, { signer: thief }))).toEqual([401, 'bad-signature']);
    expect((await enrol(code, key)).status).toBe(201);
  });

  it.each([
    ['names another key in its header', { header: { kid: 'another' } }, 'bad-shape'],
    ['is a token of another type', { header: { typ: 'kakou-batch+jwt' } }, 'wrong-type'],
    ['has a claim nobody knows', { claims: { gate: 'vip-gate' } }, 'bad-shape'],
    ['has a code of another length', { claims: { code: 'AAAA' } }, 'bad-shape'],
    ['carries a private key', { claims: { jwk: { kty: 'EC', d: 'AAAA' } } }, 'bad-shape'],
  ])('refuses a request that %s', async (_, forge, code) => {
    const answer = await enrol(await freshCode(hub), await testKey(), forge);
    expect(await seen(answer)).toEqual([400, code]);
  });

  it('keeps a code only as its hash', async () => {
    const code = await freshCode(hub);
    const rows = await hub.sql.query('select * from enrol_codes');
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  it('has no open door to codes when the keys are not the demo ones', async () => {
    const authority = { ...(await demoAuthority({ now: () => epochSeconds(1) })), demo: false };
    const real = await testHub(hub.sql, { authority });
    expect((await post(real, '/demo/enrolment-code', '')).status).toBe(404);
  });
});
