import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reachOf } from '../../../../src/scanner/app/sync/sync-state.ts';
import { answer, type RemoteHandler } from '../../../support/fakes/fake-remote.ts';
import { type OpenPhone, phoneOnShift, scan } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
  await phone.actions.syncNow();
});
afterEach(() => world.close());

const reach = () => reachOf(phone.state());
const page = answer(200, '\n<!DOCTYPE html><title>Welcome</title>');
const down: RemoteHandler = () => ({ kind: 'offline' });
const uploadsOnly =
  (reply: ReturnType<typeof answer>): RemoteHandler =>
  (call) =>
    call.path === '/v1/scans' ? reply : world.hub.handle(call);

describe('the way to the hub', () => {
  it('is a good one while the hub answers', () => {
    expect(reach()).toBe('online');
  });

  it.each<[string, string, RemoteHandler]>([
    ['a hub that is not there', 'no-answer', down],
    ['a hub that is silent', 'no-answer', () => ({ kind: 'offline', silent: true })],
    ['a proxy before a hub that is down', 'server', () => answer(502, '<html>Bad gateway')],
    ['a login page instead of the hub', 'not-the-hub', () => page],
    [
      'a network that sends everybody on',
      'not-the-hub',
      () => ({ kind: 'offline', elsewhere: true }),
    ],
    ['a network that wants a login', 'not-the-hub', () => answer(511, '<html>')],
    [
      'a hub whose files come and that takes nothing',
      'server',
      (call) => uploadsOnly(answer(503))(call),
    ],
    ['a hub that refuses this phone', 'refused', (call) => uploadsOnly(answer(403, '{}'))(call)],
  ])('over a network, %s is "%s", and never no network', async (_, expected, handler) => {
    await scan({ world, phone });
    world.remote.handle(handler);
    await phone.actions.syncNow();
    expect([phone.state().online, reach()]).toEqual([true, expected]);
    world.remote.handle(world.hub.handle);
    await phone.actions.syncNow();
    expect([reach(), phone.state().sync.unsynced]).toEqual(['online', 0]);
  });

  it('is no network where the phone has none, whatever the hub did before', async () => {
    world.remote.handle(down);
    await phone.actions.syncNow();
    world.remote.setOnline(false);
    await phone.actions.syncNow();
    expect([phone.state().online, reach()]).toEqual([false, 'offline']);
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    expect(reach()).toBe('no-answer');
  });

  it('is told where there is nothing to upload, too', async () => {
    world.remote.handle(down);
    await phone.actions.syncNow();
    expect([phone.state().sync.unsynced, reach()]).toEqual([0, 'no-answer']);
  });

  it('sends the log as soon as the trust files come again, whatever its own pause still is', async () => {
    await scan({ world, phone });
    world.remote.handle(down);
    const pauses: (() => void)[] = [];
    const real = globalThis.setTimeout;
    const timers = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((act: () => void, ms = 0) =>
        ms >= 1000 && ms <= 2000 ? pauses.push(act) : real(act, ms)) as typeof setTimeout);
    try {
      phone = await world.open();
      await vi.waitFor(() => expect(pauses).toHaveLength(3)); // one a lane, after its first failure
      world.remote.calls.length = 0;
      world.remote.handle(world.hub.handle);
      pauses[0]?.(); // that of the trust files; the other never ends
      await vi.waitFor(() => expect(phone.state().sync.unsynced).toBe(0));
      expect(world.remote.calls[0]?.path).toMatch(/^\/v1\/(root|bundle|time)/);
    } finally {
      timers.mockRestore();
    }
  });

  it('makes no upload that did not end well into one that did: nothing is purged after it', async () => {
    await scan({ world, phone });
    world.remote.handle(down);
    await phone.actions.syncNow();
    expect(phone.state().sync.problem).toBe('offline');
  });
});
