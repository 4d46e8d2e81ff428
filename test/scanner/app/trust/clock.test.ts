import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toSeconds } from '../../../../src/core/units.ts';
import { pinnedRoot } from '../../../../src/demo/demo-keys.ts';
import { demoTrust } from '../../../../src/demo/demo-trust.ts';
import { createTrustKeeper } from '../../../../src/scanner/app/trust/trust-keeper.ts';
import { createTrustedClock } from '../../../../src/scanner/app/trust/trusted-clock.ts';
import { answer } from '../../../support/fakes/fake-remote.ts';
import { memoryDeviceStore } from '../../../support/fakes/memory-device-store.ts';
import { type OpenPhone, phoneOnShift } from '../../../support/on-shift.ts';
import { withBundle } from '../../../support/trust-sets.ts';
import { createWorld, type World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await phoneOnShift());
  await phone.actions.syncNow();
});
afterEach(() => world.close());

async function verdictOf(text: string) {
  await phone.actions.present(text, 'wedge');
  const { card } = phone.state();
  phone.actions.dismissCard();
  await phone.actions.refuse('other');
  return card?.verdict;
}

/** A round with the hub, and another 2 s later: a word that contradicts this clock needs a second. */
async function syncTwice(): Promise<void> {
  await phone.actions.syncNow();
  world.tick(2000);
  await phone.actions.syncNow();
}
const hour = 3_600_000;
const day = 24 * hour;

describe('the clock behind a verdict', () => {
  it('is synced after the first round with the hub', () => {
    expect(phone.state().clock).toBe('synced');
  });

  it('set back while running admits nobody, even an old screenshot that would now fit', async () => {
    const old = await world.pass();
    world.tick(120_000);
    world.clock.setWall(world.clock.wall() - 120_000);
    expect(await verdictOf(old)).toMatchObject({ state: 'unknown', reason: 'clock-untrusted' });
  });

  it('set back over a restart is noticed by what was written down before', async () => {
    await verdictOf(await world.pass());
    world.clock.setWall(world.clock.wall() - 3600_000);
    phone = await world.open();
    expect(await verdictOf(await world.pass())).toMatchObject({ reason: 'clock-untrusted' });
  });

  it('is put right by the next sync, which the log records', async () => {
    world.clock.setWall(world.clock.wall() - 3600_000);
    await verdictOf(await world.pass());
    await syncTwice();
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
    const events = (await world.log.read(1, 100)).flatMap((entry) =>
      entry.type === 'clock' ? [entry.event] : [],
    );
    expect(events).toContain('set-back');
    expect(events.at(-1)).toBe('synced');
  });

  it('wrong from the start is corrected by signed time: a fresh code passes', async () => {
    const late = await createWorld();
    late.clock.setWall(late.clock.wall() + 5 * 60_000);
    phone = await late.open();
    await phone.actions.enrolDemo();
    late.tick(2000);
    await phone.actions.syncNow();
    await phone.actions.startShift('7');
    expect(await verdictOf(await late.pass())).toMatchObject({ state: 'pass' });
    late.close();
  });
});

describe('a signed time that is taken in late', () => {
  it.each(['asleep', 'busy', 'busy on a slow line'])(
    'by a phone that was %s meanwhile: no clock was set back, and people go on being admitted',
    async (how) => {
      world.tick(6 * 60_000);
      world.remote.handle(async (call) => {
        const answer = await world.hub.handle(call);
        if (how === 'busy on a slow line') world.tick(6000); // the answer itself counts for nothing
        if (call.path === '/v1/time') void afterTheAnswer().then(meanwhile);
        return answer;
      });
      /** It has arrived; its signature is still being checked, in a thread of its own. */
      const afterTheAnswer = async () => {
        for (let turns = 0; turns < 20; turns++) await undefined;
      };
      const meanwhile = () => {
        if (how !== 'asleep') world.tick(20_000);
        else {
          world.hubClock.tick(20 * 60_000);
          world.clock.sleep(20 * 60_000);
        }
        void phone.actions.present('https://example.org/', 'wedge');
      };
      await phone.actions.syncNow();
      await phone.actions.refuse('other');
      expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
      const events = (await world.log.read(1, 100)).flatMap((entry) =>
        entry.type === 'clock' ? [entry.event] : [],
      );
      expect(events).not.toContain('set-back');
    },
  );
});

describe('a clock that passes contradict', () => {
  it('is named on the status line after three of them, and no verdict is bent', async () => {
    for (let i = 0; i < 3; i++) {
      expect(await verdictOf(await world.pass({}, 95 + i))).toMatchObject({ reason: 'stale' });
    }
    expect(phone.state().clockSkewS).toBe(88);
    await verdictOf(await world.pass());
    expect(phone.state().clockSkewS).toBeUndefined();
  });

  it('killed before its state was written is not taken for earlier than the last log entry', async () => {
    await verdictOf(await world.pass());
    world.tick(300_000);
    await verdictOf(await world.pass());
    const screenshot = await world.pass({}, 180);
    world.clock.setWall(world.clock.wall() - 180_000);
    phone = await world.open();
    expect(await verdictOf(screenshot)).toMatchObject({ reason: 'clock-untrusted' });
  });

  it('that ran ahead and was killed before that was written is not sure again, by what the log says of it', async () => {
    const write = world.device.changeTime;
    world.device.changeTime = async () => undefined;
    world.clock.setWall(world.clock.wall() + 1_400_000);
    await verdictOf('https://example.org/');
    world.device.changeTime = write;
    world.remote.setOnline(false);
    phone = await world.open();
    await verdictOf('https://example.org/');
    const { seq } = await world.log.head();
    const [newest] = await world.log.read(seq, 1);
    expect(newest?.quality).toBe('unconfirmed');
  });

  it('that ran ahead over a restart is put right by signed time, however late it said it was', async () => {
    world.remote.setOnline(false);
    world.clock.setWall(world.clock.wall() + 3600_000);
    phone = await world.open();
    await verdictOf(await world.pass());
    world.clock.setWall(world.clock.wall() - 3600_000);
    phone = await world.open();
    expect(phone.state().clock).toBe('bad');
    world.remote.setOnline(true);
    await syncTwice();
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
  });
});

describe('time that has passed is remembered', () => {
  it('after one nap offline too: a clock set back over a restart passes no old screenshot', async () => {
    world.remote.setOnline(false);
    world.clock.sleep(3000);
    world.hubClock.tick(3000);
    const screenshot = await world.pass();
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
    expect(phone.state().clock).not.toBe('bad');
    world.tick(8 * hour);
    await verdictOf(await world.pass());
    world.clock.setWall(world.clock.wall() - 8 * hour);
    phone = await world.open();
    expect(await verdictOf(screenshot)).toMatchObject({ reason: 'clock-untrusted' });
    const entries = (await world.log.read(1, 1000)).map(({ at }) => at);
    expect(entries).toEqual([...entries].sort((a, b) => a - b));
  });

  it('a presentation is not forgotten by a clock that runs ahead for a moment', async () => {
    const code = await world.pass();
    expect(await verdictOf(code)).toMatchObject({ state: 'pass' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      world.clock.setWall(world.clock.wall() + 25 * hour);
      phone = await world.open();
      await vi.advanceTimersByTimeAsync(5000);
      world.clock.setWall(world.clock.wall() - 25 * hour);
      await vi.advanceTimersByTimeAsync(5000);
    } finally {
      vi.useRealTimers();
    }
    phone = await world.open();
    world.tick(20_000);
    await syncTwice();
    expect(await verdictOf(code)).toMatchObject({ reason: 'already-scanned' });
  });
});

describe('two tabs of one phone', () => {
  it('a clock that knows of no sync does not take back, for the next start, what another tab has learnt', async () => {
    const slow = await createWorld();
    slow.clock.setWall(slow.clock.wall() - 2 * hour);
    await (await slow.open()).actions.enrolDemo();
    const view = (await createTrustKeeper(slow.trustStore, pinnedRoot(), [])).view();
    if (!view) throw new Error('no trust');
    const ports = {
      rawClock: slow.clock,
      device: memoryDeviceStore(),
      random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
      onEvent: () => undefined,
    };
    const tabs = [await createTrustedClock(ports), await createTrustedClock(ports)] as const;
    await tabs[0].sync(slow.remote, view);
    slow.tick(2000);
    expect(await tabs[0].sync(slow.remote, view)).toBe('synced');
    const shown = tabs[0].now().at;
    await tabs[1].persist();
    slow.tick(1000);
    const next = await createTrustedClock(ports);
    expect(next.now().at).toBeGreaterThanOrEqual(shown);
    slow.close();
  });
});

describe('one wrong date from above', () => {
  it("in the hub's time, a month ahead for one answer, is never believed", async () => {
    world.tick(400_000);
    world.hubClock.tick(30 * day);
    await phone.actions.syncNow();
    world.hubClock.setWall(world.clock.wall());
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
    expect(phone.state().clock).toBe('synced');
    world.tick(400_000);
    await phone.actions.syncNow();
    expect(phone.state().clock).toBe('synced');
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
  });

  it('in two answers, a day ahead and so believed, is mended by a round after it', async () => {
    const { handle } = world.hub;
    const bundle = await world.remote.get('/v1/bundle');
    world.remote.handle((call) => (call.path === '/v1/bundle' ? bundle : handle(call)));
    world.hubClock.tick(day);
    world.tick(400_000);
    await syncTwice();
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
    world.hubClock.setWall(world.clock.wall());
    world.tick(400_000);
    await syncTwice();
    expect(phone.state().clock).toBe('synced');
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
  });

  it('in a bundle that names keys this phone cannot check time with stops it only until the next', async () => {
    const fresh = await createWorld();
    const files = await demoTrust(toSeconds(fresh.clock.wall()));
    const year = (365 * day) / 1000;
    const dated = (version: number, byS: number) =>
      withBundle(files, (b) => ({ ...b, version, iat: b.iat + byS, exp: b.exp + byS }));
    let served = await dated(1, year);
    const { handle } = fresh.hub;
    fresh.remote.handle((call) => {
      const [, kind, issuer = ''] =
        call.path.match(/^\/v1\/(bundle|lists|deltas)\/?([A-Z-]*)/) ?? [];
      if (kind === undefined) return handle(call);
      if (kind === 'bundle') return answer(200, served.bundle);
      return answer(
        200,
        (kind === 'lists' ? files.lists[issuer]?.list : files.lists[issuer]?.delta) ?? '',
      );
    });
    phone = await fresh.open();
    await phone.actions.enrolDemo();
    await phone.actions.startShift('7');
    await phone.actions.syncNow();
    expect(await verdictOf(await fresh.pass())).toMatchObject({
      state: 'unknown',
      reason: 'clock-untrusted',
    });
    served = await dated(2, 0);
    await phone.actions.syncNow();
    fresh.tick(2000);
    await phone.actions.syncNow();
    expect(await verdictOf(await fresh.pass())).toMatchObject({ state: 'pass' });
    fresh.close();
  });
});

describe('a frozen mirror', () => {
  it('turns the phone amber when the hub names a newer bundle, and its lists too old after an hour', async () => {
    const old = await world.remote.get('/v1/bundle');
    world.tick(day); // the hub has signed anew, and nobody can read it
    const { handle } = world.hub;
    world.remote.handle((call) =>
      call.path === '/v1/bundle' && call.method === 'GET' ? old : handle(call),
    );
    await phone.actions.syncNow();
    expect(phone.state()).toMatchObject({ trustBehind: true, clock: 'synced' });
    const credential = () => world.pass({ kind: 'credential' });
    expect(await verdictOf(await credential())).toMatchObject({ state: 'pass' });
    world.tick(hour + 1000);
    await phone.actions.syncNow();
    expect(await verdictOf(await credential())).toMatchObject({ reason: 'list-too-old' });
    phone = await world.open();
    await phone.actions.syncNow();
    expect(await verdictOf(await credential())).toMatchObject({ reason: 'list-too-old' });
    world.remote.handle(handle);
    await phone.actions.syncNow();
    expect(phone.state().trustBehind).toBeUndefined();
    expect(await verdictOf(await credential())).toMatchObject({ state: 'pass' });
  });
});
