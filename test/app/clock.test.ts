import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenPhone, phoneOnShift } from '../support/on-shift.ts';
import { createWorld, type World } from '../support/world.ts';

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
  return card?.verdict;
}

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
    await phone.actions.syncNow();
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
    await phone.actions.startShift('7');
    expect(await verdictOf(await late.pass())).toMatchObject({ state: 'pass' });
    late.close();
  });
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

  it('that ran ahead over a restart is put right by signed time, however late it said it was', async () => {
    world.remote.setOnline(false);
    world.clock.setWall(world.clock.wall() + 3600_000);
    phone = await world.open();
    await verdictOf(await world.pass());
    world.clock.setWall(world.clock.wall() - 3600_000);
    phone = await world.open();
    expect(phone.state().clock).toBe('bad');
    world.remote.setOnline(true);
    await phone.actions.syncNow();
    expect(await verdictOf(await world.pass())).toMatchObject({ state: 'pass' });
  });
});
