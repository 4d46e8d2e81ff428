import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer } from '../../../support/fakes/fake-remote.ts';
import type { OnePhone } from '../../../support/on-shift.ts';
import { sitePhones } from '../../../support/site-phones.ts';

let east: OnePhone;
let west: OnePhone;
beforeEach(async () => {
  const [one, two] = await sitePhones('east', 'west');
  if (!one || !two) throw new Error('no phones');
  [east, west] = [one, two];
  await Promise.all([hears(east), hears(west)]);
});
afterEach(() => {
  east.world.close();
  west.world.close();
});

/** Worlds count their passes alike, and share a database. */
const freshPass = ({ world }: OnePhone, change: Parameters<OnePhone['world']['pass']>[0] = {}) =>
  world.pass({ jti: crypto.getRandomValues(new Uint8Array(12)), ...change });
const hears = ({ phone }: OnePhone) =>
  vi.waitFor(() => expect(phone.state().hears).toBe(true), { timeout: 20_000 });
const heard = async (at: OnePhone, count: number) =>
  vi.waitFor(() => expect(received(at)).toBeGreaterThanOrEqual(count), { timeout: 20_000 });
const received = (at: OnePhone) => at.world.events.told;

/** Shows a code, and says what became of it. */
async function show({ phone }: OnePhone, text: string) {
  await phone.actions.present(text, 'wedge');
  const { card, flash } = phone.state();
  await phone.actions.refuse('other');
  phone.actions.dismissCard();
  const verdict = card?.verdict;
  return {
    state: verdict?.state ?? (flash ? 'pass' : undefined),
    reason: verdict?.reason,
    gate: verdict?.seen?.gate,
  };
}
const gateOf = ({ phone }: OnePhone) => phone.state().gate?.id;
const calls = ({ world }: OnePhone, path: string) =>
  world.remote.calls.filter((call) => call.path === path).length;

describe('a code shown at two gates of a site', () => {
  it('passes at the first and is a check at the second, with gate and time, heard of or not', async () => {
    const told = await freshPass(east);
    expect(await show(east, told)).toMatchObject({ state: 'pass' });
    await heard(west, 1);
    const claims = calls(west, '/v1/claims');
    expect(await show(west, told)).toEqual({
      ...{ state: 'check', reason: 'shown-elsewhere', gate: gateOf(east) },
    });
    expect(calls(west, '/v1/claims')).toBe(claims); // known already: nobody was asked
    // at the second gate before the word of it has come
    west.world.events.cut();
    const asked = await freshPass(east);
    await show(east, asked);
    expect(await show(west, asked)).toMatchObject({ reason: 'shown-elsewhere' });
  });

  it('at the same instant passes at exactly one of them', async () => {
    for (let i = 0; i < 25; i++) {
      const text = await freshPass(east);
      const both = await Promise.all([show(east, text), show(west, text)]);
      expect(both.map(({ state }) => state).sort()).toEqual(['check', 'pass']);
    }
  });

  it.each([30_000, -25_000])(
    'is known though the second gate’s clock is %i ms off the first one’s',
    async (ms) => {
      const phones = await sitePhones('north', ['south', ms]);
      const [north, south] = phones as [OnePhone, OnePhone];
      await hears(south);
      const apart = south.world.clock.wall() - north.world.clock.wall();
      expect(apart).toBe(0); // the phones' own are alike: it is the hub that put them apart
      const text = await freshPass(north);
      expect(await show(north, text)).toMatchObject({ state: 'pass' });
      await heard(south, 1);
      expect(await show(south, text)).toMatchObject({ reason: 'shown-elsewhere' });
      // and the other way round, asked of the hub alone
      north.world.events.cut();
      const other = await freshPass(north);
      expect(await show(south, other)).toMatchObject({ state: 'pass' });
      expect(await show(north, other)).toMatchObject({ reason: 'shown-elsewhere' });
      for (const { world } of phones) world.close();
    },
  );

  it('is decided without the hub where that is slow, and after two of these nobody waits', async () => {
    const waitMs = 1500;
    const phone = await west.world.open({ claimMs: waitMs });
    const again = { world: west.world, phone };
    await hears(again);
    const hub = west.world.hub.handle;
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    west.world.remote.handle(async (call) => {
      if (call.path === '/v1/claims') await slow;
      return hub(call);
    });
    const waited: boolean[] = [];
    for (let i = 0; i < 4; i++) {
      const began = performance.now();
      expect(await show(again, await freshPass(west))).toMatchObject({ state: 'pass' });
      waited.push(performance.now() - began >= waitMs);
    }
    expect(waited).toEqual([true, true, false, false]);
    release();
  });

  it('passes at both without a network; afterwards both phones say so, until it is read', async () => {
    west.world.remote.setOnline(false);
    west.world.events.cut();
    const text = await freshPass(east);
    expect(await show(east, text)).toMatchObject({ state: 'pass' });
    expect(await show(west, text)).toMatchObject({ state: 'pass' });
    west.world.remote.setOnline(true);
    for (const { phone } of [east, west, east]) await phone.actions.syncNow();
    expect(west.phone.state().twice).toMatchObject([{ gate: gateOf(east), name: 'east gate' }]);
    expect(east.phone.state().twice).toMatchObject([{ gate: gateOf(west), name: 'west gate' }]);
    expect(east.phone.state().twiceNew).toBe(1);
    await east.phone.actions.noteTwice();
    await east.phone.actions.syncNow();
    expect(east.phone.state()).toMatchObject({ twiceNew: 0 });
    // over a restart too
    const again = await east.world.open();
    await vi.waitFor(() => expect(again.state().twice).toHaveLength(1));
    expect(again.state().twiceNew).toBe(0);
  });

  it('is uploaded soon by itself, people in a stream together', async () => {
    const before = calls(east, '/v1/scans');
    for (let i = 0; i < 5; i++) await show(east, await freshPass(east));
    const all = { timeout: 20_000 };
    await vi.waitFor(() => expect(calls(east, '/v1/scans')).toBeGreaterThan(before), all);
    await vi.waitFor(() => expect(east.phone.state().sync.unsynced).toBe(0), all);
    expect(calls(east, '/v1/scans') - before).toBeLessThan(5);
  });

  it('a forged answer to a claim, or forged sightings, never make a pass', async () => {
    const hub = west.world.hub.handle;
    const answers = [
      '{"first":true}',
      '{"first":"yes"}',
      '{"first":false,"gate":"x","at":"soon"}',
      'null',
      '<html>',
    ];
    for (const text of answers) {
      west.world.remote.handle(async (call) =>
        call.path === '/v1/claims' ? answer(200, text) : hub(call),
      );
      expect((await show(west, await freshPass(west, { state: 'r' }))).state).toBe('stop');
    }
    const lying = JSON.stringify({ first: false, gate: 'x', at: west.world.clock.wall() + 9e9 });
    west.world.remote.handle(async (call) =>
      call.path === '/v1/claims' ? answer(200, lying) : hub(call),
    );
    expect(await show(west, await freshPass(west))).toMatchObject({ state: 'check' });
  });

  it('goes on where the stream was cut, and stops where the gate leaves the site', async () => {
    const first = await freshPass(east);
    await show(east, first);
    await heard(west, 1);
    west.world.events.cut();
    await vi.waitFor(() => expect(west.phone.state().hears).toBeUndefined());
    await vi.waitFor(() => expect(west.phone.state().hears).toBe(true), { timeout: 20_000 });
    expect(Number(west.world.events.begun.at(-1))).toBeGreaterThan(0);
    await west.world.hub.sql.query('update gates set site = null where id = $1', [gateOf(west)]);
    await west.phone.actions.syncNow();
    expect(west.phone.state().group).toBeUndefined();
    const claims = calls(west, '/v1/claims');
    expect(await show(west, await freshPass(west))).toMatchObject({ state: 'pass' });
    expect(calls(west, '/v1/claims')).toBe(claims);
  });
});
