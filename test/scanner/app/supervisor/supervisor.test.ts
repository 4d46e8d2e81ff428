import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolledPhone, type OpenPhone } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
});
afterEach(() => world.close());

const acts = async () =>
  (await world.log.read(1, 1000)).flatMap((entry) =>
    entry.type === 'supervisor' ? [entry.act] : [],
  );
const state = () => phone.state().supervisor.state;
const open = (pin: string) => phone.actions.openSupervisor(pin);
const close = async () => {
  phone.actions.closeSupervisor();
  await Promise.resolve();
};

describe('the PIN of the supervisor', () => {
  it('is set by the first one typed, opens with the same, and is kept nowhere in clear', async () => {
    await open('246810');
    expect(state()).toBe('open');
    await close();
    phone = await world.open();
    await open('246810');
    expect(state()).toBe('open');
    expect(await acts()).toEqual(['pin-set', 'opened']);
    const record = await world.device.supervisor();
    expect(JSON.stringify(record)).not.toContain('246810');
    expect(record).toMatchObject({ rounds: 600_000 });
  }, 60_000);

  it('closes the door for five minutes after five wrong tries, and killing the app opens none', async () => {
    await open('246810');
    await close();
    for (let tries = 1; tries <= 5; tries++) {
      if (tries === 3) phone = await world.open();
      await open('000000');
    }
    expect(state()).toBe('locked');
    phone = await world.open();
    await open('246810');
    expect(state()).toBe('locked');
    world.tick(5 * 60_000);
    await open('246810');
    expect(state()).toBe('open');
    expect(await acts()).toEqual([
      'pin-set',
      'wrong-pin',
      'wrong-pin',
      'wrong-pin',
      'wrong-pin',
      'locked',
      'opened',
    ]);
  }, 60_000);

  it('guards history, reports and its own change', async () => {
    await phone.actions.startShift('7');
    const id = phone.state().shift?.id ?? '';
    await phone.actions.registerByHand({ category: 'elder', tail: '', companions: 0 });
    await phone.actions.endShift();
    phone.actions.closeSummary();
    await phone.actions.changePin('111111');
    await phone.actions.showPastShift(id);
    expect(phone.state().summary).toBeUndefined();
    await open('246810');
    expect(phone.state().pastShifts).toMatchObject([{ id, operator: '7', people: 1 }]);
    await phone.actions.showPastShift(id);
    expect(phone.state().summary).toMatchObject({ operator: '7', manual: { admitted: 1 } });
    expect(await acts()).toEqual(['pin-set', 'report']);
    await close();
    expect(phone.state().pastShifts).toBeUndefined();
  }, 60_000);
});
