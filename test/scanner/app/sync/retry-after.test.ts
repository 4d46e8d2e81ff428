import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, type RemoteCall } from '../../../support/fakes/fake-remote.ts';
import { type OpenPhone, phoneOnShift, scan as scanPasses } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
  await phone.actions.syncNow();
});
afterEach(() => {
  vi.restoreAllMocks();
  world.close();
});

/** The hub is too busy for uploads, and says for how long. */
const busy = (status: number, retryAfterS: number) =>
  world.remote.handle((call: RemoteCall) =>
    call.path === '/v1/scans' ? { ...answer(status), retryAfterS } : world.hub.handle(call),
  );
const paths = () => world.remote.calls.map(({ path }) => path);
const scan = (times = 1) => scanPasses({ world, phone }, times);

describe('a hub that is too busy', () => {
  it.each([
    [429, 100],
    [503, 200],
  ])('by %i is left alone as long as it asks, and not by all phones at once', async (status, s) => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    busy(status, s);
    await scan();
    phone = await world.open();
    const pauses = () => timers.mock.calls.map(([, ms]) => ms ?? 0);
    // the trust files, which nobody asked to leave alone, come again within their minute
    const waits = () => pauses().filter((ms) => ms > 60_000);
    await vi.waitFor(() => expect(waits()).toHaveLength(1));
    expect(waits()[0]).toBeGreaterThanOrEqual(s * 1000);
    expect(waits()[0]).toBeLessThanOrEqual(s * 1250);
  });

  it('is not woken by a returning network or page before that, only by the button and by time', async () => {
    busy(429, 120);
    await scan();
    await phone.actions.syncNow();
    world.remote.calls.length = 0;
    phone.app.wake();
    await vi.waitFor(() => expect(paths()).toContain('/v1/bundle'));
    expect(paths()).not.toContain('/v1/scans');
    await phone.actions.syncNow();
    expect(paths()).toContain('/v1/scans');
    world.remote.calls.length = 0;
    world.tick(121_000);
    phone.app.wake();
    await vi.waitFor(() => expect(paths()).toContain('/v1/scans'));
  });

  it('loses nothing, and trust is fetched all the same', async () => {
    busy(429, 60);
    await scan();
    world.remote.calls.length = 0;
    await phone.actions.syncNow();
    expect(paths().indexOf('/v1/bundle')).toBeLessThan(paths().indexOf('/v1/scans'));
    expect(phone.state().sync).toMatchObject({ unsynced: 1, problem: 'server' });
    world.remote.handle(world.hub.handle);
    await phone.actions.syncNow();
    expect(phone.state().sync.unsynced).toBe(0);
    const held = (await world.log.read(1, 100)).map(({ seq }) => seq);
    expect(await world.hub.seqs((await world.device.enrolment())?.device)).toEqual(held);
  });
});
