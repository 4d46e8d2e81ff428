import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../../support/fakes/fake-remote.ts';
import { type OpenPhone, phoneOnShift, scan as scanPasses } from '../../../support/on-shift.ts';
import { createWorld, type World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
  await phone.actions.syncNow();
});
afterEach(() => world.close());

const scan = (times = 1) => scanPasses({ world, phone }, times);

const atHub = async () => world.hub.seqs((await world.device.enrolment())?.device);
const onPhone = async () => (await world.log.read(1, 1000)).map(({ seq }) => seq);

describe('uploading the log', () => {
  it('brings every entry to the hub and moves the cursor by the receipt', async () => {
    await scan(3);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync).toMatchObject({ unsynced: 0, busy: false });
    expect((await world.log.cursor())?.seq).toBe((await world.log.head()).seq);
  });

  it('counts what waits while offline, goes on scanning, and catches up once', async () => {
    world.remote.setOnline(false);
    await scan(2);
    await phone.actions.syncNow();
    expect(phone.state()).toMatchObject({
      online: false,
      sync: { unsynced: 2, problem: 'offline' },
    });
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync.problem).toBeUndefined();
  });

  it('sends again after a lost response and the hub keeps one of each', async () => {
    await scan(2);
    world.remote.handle(async (call) => {
      const real = await world.hub.handle(call);
      return call.path === '/v1/scans' ? { kind: 'offline' } : real;
    });
    await phone.actions.syncNow();
    expect(phone.state().sync.unsynced).toBe(2);
    world.remote.handle(world.hub.handle);
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync.unsynced).toBe(0);
  });

  it.each([
    ['a captive portal', answer(200, '<html>welcome</html>'), 'not-the-hub'],
    ['a login elsewhere', { kind: 'offline', elsewhere: true } as const, 'not-the-hub'],
    ['a made-up receipt', answer(200, '{"results":[],"receipt":"{}"}'), 'receipt'],
    ['a refusal', answer(403, '{}'), 'refused'],
    ['a broken hub', answer(503, ''), 'server'],
  ])('does not take %s for a receipt', async (_, reply, problem) => {
    await scan(1);
    const before = await world.log.cursor();
    world.remote.handle((call) => (call.path === '/v1/scans' ? reply : world.hub.handle(call)));
    await phone.actions.syncNow();
    expect(phone.state().sync).toMatchObject({ problem, unsynced: 1 });
    expect(await world.log.cursor()).toEqual(before);
  });

  it('does not take the receipt of another device', async () => {
    await scan(1);
    const mine = await world.log.cursor();
    const other = await createWorld();
    const otherPhone = await other.open();
    await otherPhone.actions.enrolDemo();
    await otherPhone.actions.startShift('8');
    let foreign: string | undefined;
    other.remote.handle(async (call) => {
      const real = await other.hub.handle(call);
      if (call.path === '/v1/scans' && real.kind === 'answer') {
        foreign = new TextDecoder().decode(real.body);
      }
      return real;
    });
    await otherPhone.actions.syncNow();
    other.close();
    expect(foreign).toBeDefined();
    world.remote.handle((call) =>
      call.path === '/v1/scans' ? answer(200, foreign ?? '') : world.hub.handle(call),
    );
    await phone.actions.syncNow();
    expect(phone.state().sync.problem).toBe('receipt');
    expect(await world.log.cursor()).toEqual(mine);
  });

  it('halves a batch the hub finds too large', async () => {
    await scan(4);
    let refused = 0;
    world.remote.handle((call) => {
      const tooLarge = call.path === '/v1/scans' && (call.body?.length ?? 0) > 3000;
      if (tooLarge) refused += 1;
      return tooLarge ? answer(413) : world.hub.handle(call);
    });
    await phone.actions.syncNow();
    expect(refused).toBeGreaterThan(0);
    expect(await atHub()).toEqual(await onPhone());
  });
});

describe('trust before upload', () => {
  it('fetches the bundle first, also when uploads fail', async () => {
    world.remote.calls.length = 0;
    world.remote.handle((call) =>
      call.path === '/v1/scans' ? answer(500) : world.hub.handle(call),
    );
    await scan(1);
    await phone.actions.syncNow();
    const paths = world.remote.calls.map(({ path }) => path);
    expect(paths.indexOf('/v1/bundle')).toBeGreaterThanOrEqual(0);
    expect(paths.indexOf('/v1/bundle')).toBeLessThan(paths.indexOf('/v1/scans'));
  });

  it('keeps the good set when a download is damaged, and says so', async () => {
    const before = phone.state().trust.bundle;
    world.remote.handle((call) =>
      call.path === '/v1/bundle'
        ? answer(200, '{"payload":"","signatures":[]}')
        : world.hub.handle(call),
    );
    await phone.actions.syncNow();
    expect(phone.state().trust).toMatchObject({ bundle: before, problem: 'bundle:bad-shape' });
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict.state).toBe('pass');
  });

  it('stops admitting when the set runs out offline', async () => {
    world.remote.setOnline(false);
    world.tick(73 * 3600_000);
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict).toMatchObject({
      state: 'unknown',
      reason: 'trust-expired',
    });
  });

  it('opens with the stored set after a restart without a network', async () => {
    world.remote.setOnline(false);
    phone = await world.open();
    expect(phone.state().trust.bundle).toBeGreaterThan(0);
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict.state).toBe('pass');
  });
});

describe('the two lanes to the hub', () => {
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('an upload that hangs does not keep the trust files from being fetched', async () => {
    await scan(1);
    let answerUpload = (): void => undefined;
    const hanging = new Promise<void>((resolve) => {
      answerUpload = resolve;
    });
    world.remote.handle(async (call) => {
      if (call.path === '/v1/scans') await hanging;
      return world.hub.handle(call);
    });
    const uploading = phone.actions.syncNow();
    await later(50);
    world.remote.calls.length = 0;
    phone.app.wake();
    await later(50);
    expect(world.remote.calls.map(({ path }) => path)).toContain('/v1/bundle');
    answerUpload();
    await uploading;
    expect(phone.state().sync.unsynced).toBe(0);
  });

  it('trust files that break do not keep the log from being uploaded', async () => {
    await scan(2);
    world.remote.handle((call) => {
      if (call.path === '/v1/bundle') throw new Error('broken');
      return world.hub.handle(call);
    });
    await phone.actions.syncNow();
    expect(await atHub()).toEqual(await onPhone());
    expect(phone.state().sync).toMatchObject({ unsynced: 0, busy: false });
  });

  it('an upload that nobody answers is tried in halves, and ends when the line is dead', async () => {
    await scan(20);
    const sizes: number[] = [];
    world.remote.handle((call) => {
      if (call.path !== '/v1/scans') return world.hub.handle(call);
      const claims = JSON.parse(atob((call.body ?? '').split('.')[1] ?? '')) as {
        entries: unknown[];
      };
      sizes.push(claims.entries.length);
      return claims.entries.length > 3 ? { kind: 'offline', silent: true } : world.hub.handle(call);
    });
    await phone.actions.syncNow();
    expect(sizes.slice(0, 4)).toEqual([20, 10, 5, 2]);
    expect(await atHub()).toEqual(await onPhone());
    await scan(20);
    world.remote.handle((call) =>
      call.path === '/v1/scans' ? { kind: 'offline', silent: true } : world.hub.handle(call),
    );
    await phone.actions.syncNow();
    expect(phone.state().sync.problem).toBe('offline');
  });
});
