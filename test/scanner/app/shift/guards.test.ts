import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readGuards } from '../../../../src/scanner/app/shift/guards.ts';
import { enrolledPhone, type OpenPhone } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
});
afterEach(() => world.close());

async function shiftOf(...names: readonly string[]) {
  for (const name of names) {
    await phone.actions.startShift(name);
    await phone.actions.endShift();
  }
}

describe('the guards a phone knows by name', () => {
  it('are the last six, the newest first and each once, and are there after a restart', async () => {
    await shiftOf('1', '2', '3', '4', '5', '6', '7', '3');
    const names = ['3', '7', '6', '5', '4', '2'];
    expect(phone.state().guards).toEqual(names);
    phone = await world.open();
    expect(phone.state().guards).toEqual(names);
  });

  it('count who took over, too', async () => {
    await phone.actions.startShift('7');
    await phone.actions.handOver('8');
    expect(phone.state().guards).toEqual(['8', '7']);
  });

  it('are forgotten one by one or all at once, on the disk as well', async () => {
    await shiftOf('7', '8', '9');
    await phone.actions.forgetGuard('8');
    expect(phone.state().guards).toEqual(['9', '7']);
    await phone.actions.forgetGuard();
    expect(phone.state().guards).toBeUndefined();
    expect(await world.device.guards()).toEqual([]);
  });

  it('are nobody at the next gate, and rapid mode is asked for anew there', async () => {
    await shiftOf('7');
    await phone.actions.setSettings({ rapid: true, textSize: 120 });
    await phone.actions.syncNow();
    await phone.actions.forgetDevice();
    expect(phone.state().phase).toBe('enrol');
    phone = await world.open();
    expect(phone.state().guards).toBeUndefined();
    expect(phone.state().settings).toMatchObject({ rapid: false, textSize: 120 });
  });

  it('keep no shift from starting where the disk does not take them', async () => {
    world.device.changeGuards = () => Promise.reject(new Error('full'));
    await phone.actions.startShift('7');
    expect(phone.state().shift?.operator).toBe('7');
  });

  it('are read from whatever is on the disk, and what is no name is left out', () => {
    expect(readGuards(undefined)).toEqual([]);
    expect(readGuards('7')).toEqual([]);
    expect(readGuards(['7', '', 8, 'x'.repeat(33), '7', '9'])).toEqual(['7', '9']);
  });
});
