import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkChain } from '../../../../src/core/log/chain.ts';
import { enrolledPhone, type OpenPhone } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;
const dayMs = 24 * 3_600_000;

beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
  await shift();
});
afterEach(() => world.close());

async function shift() {
  await phone.actions.startShift('7');
  await phone.actions.present(await world.pass(), 'wedge');
  phone.actions.dismissCard();
  await phone.actions.endShift();
  await phone.actions.syncNow();
}
const entries = () => world.log.read(1, 1000);
/** Opens the app with a clock that is synced before it tidies up. */
async function reopen() {
  phone = await world.open();
  await phone.actions.syncNow();
  phone = await world.open();
}

describe('purging the log', () => {
  it('keeps a shift on the phone while its export window lasts', async () => {
    world.tick(6 * dayMs);
    await reopen();
    expect((await entries())[0]?.seq).toBe(1);
    expect(await world.log.base()).toMatchObject({ seq: 0 });
  });

  it('forgets a receipted shift after it, says so in the log, and the chain goes on from there', async () => {
    const before = await entries();
    world.tick(8 * dayMs);
    await reopen();
    await vi.waitFor(async () => expect((await world.log.base()).seq).toBeGreaterThan(0));
    const left = await entries();
    const base = await world.log.base();
    expect(left[0]?.seq).toBe(base.seq + 1);
    expect(before.find(({ seq }) => seq === base.seq)?.hash).toBe(base.hash);
    expect(left.find(({ type }) => type === 'purge')).toMatchObject({ through: base.seq });
    expect((await checkChain(left, base)).ok).toBe(true);
    await shift();
    expect((await checkChain(await entries(), base)).ok).toBe(true);
    expect(phone.state().sync.unsynced).toBe(0);
  });

  it('forgets nothing the hub has not receipted', async () => {
    world.remote.handle((call) =>
      call.path === '/v1/scans' ? { kind: 'offline' } : world.hub.handle(call),
    );
    const receipted = (await world.log.cursor())?.seq ?? 0;
    await shift();
    world.tick(8 * dayMs);
    await reopen();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const left = (await entries()).map(({ seq }) => seq);
    const head = (await world.log.head()).seq;
    for (let seq = receipted + 1; seq <= head; seq++) expect(left).toContain(seq);
  });

  it('forgets nothing before the hub was asked: restored from a backup, it may have lost it', async () => {
    const device = (await world.device.enrolment())?.device;
    world.tick(8 * dayMs);
    world.remote.handle((call) =>
      call.path === '/v1/scans' ? { kind: 'offline' } : world.hub.handle(call),
    );
    phone = await world.open();
    await phone.actions.syncNow();
    expect(phone.state().clock).toBe('synced');
    expect(await world.log.base()).toMatchObject({ seq: 0 });
    world.remote.handle(world.hub.handle);
    for (const table of ['scans', 'device_heads'])
      await world.hub.sql.query(`delete from ${table} where device = $1`, [device]);
    world.tick(60_000);
    const held = (await entries()).map(({ seq }) => seq);
    phone = await world.open();
    await phone.actions.syncNow();
    await vi.waitFor(async () => expect((await world.log.base()).seq).toBeGreaterThan(0));
    expect(await world.hub.seqs(device)).toEqual(expect.arrayContaining(held));
  });

  it('forgets nothing while the clock is in doubt', async () => {
    world.remote.setOnline(false);
    world.clock.setWall(world.clock.wall() + 30 * dayMs);
    phone = await world.open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await entries())[0]?.seq).toBe(1);
  });
});
