import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enrolledPhone, givePin, type OpenPhone } from '../../../support/on-shift.ts';
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
const first = (pin: string) => phone.actions.setFirstPin(pin);
/** The role opened by a PIN that is there already: one of few rounds. */
async function opened(pin: string): Promise<void> {
  await givePin(world, pin);
  await open(pin);
}
const close = async () => {
  phone.actions.closeSupervisor();
  await Promise.resolve();
};

describe('the PIN of the supervisor', () => {
  it('is set where there is none, opens with the same, and is kept nowhere in clear', async () => {
    await phone.actions.lookForPin();
    expect(phone.state().pin).toBe('none');
    await first('246810');
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

  it('opens no role for a screen that closed while the PIN was looked at', async () => {
    await first('246810');
    await close();
    const opening = open('246810');
    await vi.waitFor(() => expect(state()).toBe('busy'), { interval: 1 });
    await close();
    await opening;
    expect(state()).toBe('closed');
  }, 60_000);

  it('closes the door for five minutes after five wrong tries, and killing the app opens none', async () => {
    await givePin(world, '246810');
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
    await phone.actions.changePin('246810', '111111');
    await phone.actions.showPastShift(id);
    expect(phone.state().pastReport).toBeUndefined();
    await first('246810');
    expect(phone.state().pastShifts).toMatchObject([{ id, operator: '7', people: 1 }]);
    await phone.actions.showPastShift(id);
    expect(phone.state().pastReport).toMatchObject({
      operator: '7',
      verdicts: { byHand: { admitted: 1 } },
    });
    expect(await acts()).toEqual(['pin-set', 'report']);
    await close();
    expect(phone.state()).not.toHaveProperty('pastShifts');
    expect(phone.state()).not.toHaveProperty('pastReport');
    expect(phone.state().summary).toBeUndefined();
  }, 60_000);

  it('is not set over a card nor within a shift, by whoever holds the phone there', async () => {
    await phone.actions.startShift('7');
    await first('111111');
    expect(state()).toBe('closed');
    await phone.actions.present(await world.pass({ state: 'r' }), 'wedge');
    await first('111111');
    await open('111111');
    expect(state()).toBe('closed');
    await phone.actions.overrule('emergency');
    expect(phone.state().card?.verdict.state).toBe('stop');
    expect(await world.device.supervisor()).toBeUndefined();
    expect(await acts()).toEqual([]);
  }, 60_000);

  it('is changed only by who knows the old one; a wrong old one is a try, and ends the role', async () => {
    await opened('246810');
    await phone.actions.changePin('000000', '111111');
    expect(state()).toBe('wrong');
    expect(phone.state().pastShifts).toBeUndefined();
    await open('246810');
    await phone.actions.changePin('246810', '111111');
    expect(phone.state()).toMatchObject({ supervisor: { state: 'open' }, pinChanged: true });
    await close();
    await open('246810');
    expect(state()).toBe('wrong');
    await open('111111');
    expect(state()).toBe('open');
    expect(await acts()).toEqual([
      ...['opened', 'wrong-pin', 'opened', 'pin-set', 'wrong-pin', 'opened'],
    ]);
  }, 60_000);

  it('is no other one than before on a disk that takes nothing, and says so', async () => {
    await first('246810');
    world.device.breakWritesWith('storage-quota');
    await phone.actions.changePin('246810', '111111');
    expect(phone.state()).toMatchObject({
      supervisor: { state: 'closed' },
      storageFault: 'storage-quota',
    });
    expect(phone.state().pinChanged).toBeUndefined();
    world.device.breakWritesWith(undefined);
    phone = await world.open();
    await open('246810');
    expect(state()).toBe('open');
  }, 60_000);

  it('takes a file of a past shift, made and not yet shared, back with the role', async () => {
    await phone.actions.startShift('7');
    const id = phone.state().shift?.id ?? '';
    await phone.actions.endShift();
    await phone.actions.startShift('8');
    await phone.actions.endShift();
    await opened('246810');
    await phone.actions.prepareExport('csv', id);
    expect(phone.state().exportReady).toMatchObject({ shift: id, past: true });
    await close();
    expect(phone.state().exportReady).toBeUndefined();
    await phone.actions.shareExport();
    expect(phone.files.shared).toEqual([]);
    await open('246810');
    await phone.actions.prepareExport('csv', id);
    await phone.actions.changePin('000000', '111111'); // ends the role too
    await phone.actions.shareExport();
    expect(phone.files.shared).toEqual([]);
    // what everybody may have is not taken away
    await phone.actions.prepareExport('csv');
    await open('246810');
    await close();
    await phone.actions.shareExport();
    expect(phone.files.shared).toHaveLength(1);
  }, 60_000);

  it('gives out no file of a past shift that was still being made when the role ended', async () => {
    await phone.actions.startShift('7');
    const id = phone.state().shift?.id ?? '';
    await phone.actions.endShift();
    await phone.actions.startShift('8');
    await phone.actions.endShift();
    await opened('246810');
    const { readShift } = world.log;
    world.log.readShift = async (shift) => {
      phone.actions.closeSupervisor();
      await vi.waitFor(() => expect(state()).toBe('closed'), { interval: 1 });
      return readShift(shift);
    };
    await phone.actions.prepareExport('csv', id);
    world.log.readShift = readShift;
    expect((await world.log.read(1, 100)).at(-1)).toMatchObject({ type: 'export', of: id });
    expect(phone.state().exportReady).toBeUndefined();
    await phone.actions.shareExport();
    expect(phone.files.shared).toEqual([]);
  }, 60_000);
});
