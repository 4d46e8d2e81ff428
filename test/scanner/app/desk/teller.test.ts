import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Phone } from '../../../../src/ports/phone.ts';
import { createTeller } from '../../../../src/scanner/app/desk/teller.ts';
import { fakePhone } from '../../../support/fakes/fake-phone.ts';
import { answer } from '../../../support/fakes/fake-remote.ts';
import { enrolledPhone, type OpenPhone, scan } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;
beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
});
afterEach(() => world.close());

const claimsOf = (body = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(body.split('.')[1] ?? '', 'base64url').toString());
const statuses = () =>
  world.remote.calls.filter(({ path }) => path === '/v1/status').map(({ body }) => claimsOf(body));

async function tellerOf(change: Partial<Parameters<typeof createTeller>[0]> = {}) {
  const enrolment = await world.device.enrolment();
  return createTeller({
    store: phone.store,
    log: world.log,
    receipts: { newest: () => world.log.cursor() },
    clock: { now: () => ({ at: world.clock.wall(), quality: 'synced' }) as never },
    random: (length) => new Uint8Array(length),
    monotonic: world.clock.monotonic,
    desk: { take: async () => undefined },
    heads: { take: async () => undefined, ahead: () => 480 },
    version: '0.1.0',
    enrolment: () => enrolment,
    ...change,
  });
}

/** What this phone would tell now. */
async function told(change: Partial<Phone> = {}): Promise<Record<string, unknown>> {
  const teller = await tellerOf({ phone: async () => fakePhone(change) });
  world.remote.calls.length = 0;
  expect(await teller.work(world.remote)).toBe('done');
  return statuses()[0] ?? {};
}

describe('what a phone tells the hub of itself', () => {
  it('is how its log, lists, clock and battery are, and the hub keeps it', async () => {
    await phone.actions.startShift('7');
    await scan({ world, phone }, 2);
    const { device, ...said } = await told();
    const head = (await world.log.head()).seq;
    expect(said).toEqual({
      ...{ app: '0.1.0', quality: 'synced', head, onShift: true, bundle: expect.any(Number) },
      unsent: head - ((await world.log.cursor())?.seq ?? 0),
      ...{ ahead: 480, listIat: expect.any(Number), usedBytes: 1e6, quotaBytes: 1e9 },
      ...{ battery: 80, charging: false, iat: expect.any(Number), nonce: expect.any(String) },
    });
    const kept = await world.hub.sql.query<{ facts: string }>(
      'select facts from device_status where device = $1',
      [device],
    );
    expect(JSON.parse(kept[0]?.facts ?? '')).toMatchObject({ head, battery: 80 });
  });

  it('names nobody: neither the guard, nor a person, a code or the gate', async () => {
    await phone.actions.startShift('王芳');
    await scan({ world, phone });
    const text = JSON.stringify(await told());
    expect(text).not.toMatch(/王芳|demo-gate|CN-TJ|演示/);
    const shift = phone.state().shift?.id ?? 'none';
    expect(text).not.toContain(shift);
  });

  it('leaves out what the browser does not know, and what is no number', async () => {
    const said = await told({
      battery: async () => undefined,
      storage: async () => ({ persisted: true, usedBytes: Number.NaN, quotaBytes: 1.5e300 }),
    });
    for (const name of ['battery', 'charging', 'usedBytes', 'quotaBytes'])
      expect(said).not.toHaveProperty(name);
  });

  it('is told all the same where browser or log cannot be asked', async () => {
    world.log.breakWith('storage-closed');
    const fails = async () => {
      throw new TypeError('no');
    };
    const said = await told({ battery: fails, storage: fails });
    world.log.breakWith(undefined);
    expect(said).toMatchObject({ head: 0, quality: 'synced' });
  });

  it('goes out whenever somebody asks, else every five minutes', async () => {
    world.remote.calls.length = 0;
    await phone.actions.syncNow();
    await phone.actions.syncNow();
    expect(statuses()).toHaveLength(2);
    const teller = await tellerOf();
    for (const ms of [0, 60_000, 239_999, 1]) {
      world.clock.tick(ms);
      await teller.work(world.remote);
    }
    expect(statuses()).toHaveLength(4);
  });

  it('an older hub does not know the question: nothing else breaks, and it is not asked on and on', async () => {
    let asked = 0;
    const take = async () => expect.fail('nothing came');
    const teller = await tellerOf({ desk: { take } });
    world.remote.handle(() => {
      asked++;
      return answer(404, '{"code":"not-found"}');
    });
    expect([await teller.work(world.remote), await teller.work(world.remote), asked]).toEqual([
      'done',
      'done',
      1,
    ]);
    world.clock.tick(300_000);
    await teller.work(world.remote);
    expect(asked).toBe(2);
    world.remote.handle(() => answer(503));
    world.clock.tick(300_000);
    expect(await teller.work(world.remote)).toBe('failed');
  });

  it('is nothing before the six digits were compared, nor of a phone without a gate', async () => {
    const teller = await tellerOf({ enrolment: () => undefined });
    world.remote.calls.length = 0;
    expect([await teller.work(world.remote), world.remote.calls.length]).toEqual(['done', 0]);
  });
});
