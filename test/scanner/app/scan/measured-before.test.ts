import { beforeEach, describe, expect, it } from 'vitest';
import type { ScannedWith } from '../../../../src/core/log/outcome.ts';
import { enrolledPhone, type OnePhone } from '../../../support/on-shift.ts';

let one: OnePhone;
beforeEach(async () => {
  one = await enrolledPhone();
});

const written = () => one.world.log.read(1, 500);
async function begin(scannedWith: ScannedWith | undefined): Promise<void> {
  // as the screens do, past the default of these tests
  await one.phone.app.actions.startShift('7', scannedWith);
}
async function show(): Promise<string | undefined> {
  one.phone.actions.dismissCard();
  await one.phone.actions.present(await one.world.pass(), 'wedge');
  return one.phone.state().card?.verdict.reason;
}

describe('where everybody is measured before the code is shown', () => {
  it('lets a green code in at once when the guard said how, and the log says it of shift and scan', async () => {
    await begin('thermometer');
    expect(await show()).toBe('admitted');
    const said = (await written()).filter(({ type }) => type === 'shift-start' || type === 'scan');
    expect(said).toMatchObject([{ scannedWith: 'thermometer' }, { scannedWith: 'thermometer' }]);
  });

  it('asks at every card while nobody has said how: closed, not open', async () => {
    await begin(undefined);
    expect(await show()).toBe('temperature-needed');
    for (const entry of await written()) expect(entry).not.toHaveProperty('scannedWith');
  });

  it('is changed in the middle of a shift, and a restart still knows it', async () => {
    await begin(undefined);
    await one.phone.actions.setScannedWith('thermal-camera');
    expect(await show()).toBe('admitted');
    one.phone = await one.world.open();
    expect(one.phone.state().shift?.scannedWith).toBe('thermal-camera');
    await one.phone.actions.setScannedWith(undefined);
    expect(await show()).toBe('temperature-needed');
  });

  it('is found again in the log where the phone forgot its shift', async () => {
    await begin('colleague');
    await one.world.device.setShift(undefined);
    one.phone = await one.world.open();
    expect(one.phone.state().shift?.scannedWith).toBe('colleague');
  });

  it('is asked again of the next guard', async () => {
    await begin('thermal-camera');
    await one.phone.app.actions.handOver('8');
    expect(one.phone.state().shift?.scannedWith).toBeUndefined();
    expect(await show()).toBe('temperature-needed');
  });

  it('logs a fever nobody has measured as high and without a number', async () => {
    await begin(undefined);
    await show();
    await one.phone.actions.temperature('high');
    const last = (await written()).at(-1);
    expect(last).toMatchObject({ type: 'decision', reason: 'temperature-high', high: true });
    expect(last).not.toHaveProperty('temperatureC');
    const form = { category: 'elder', tail: '', companions: 0, high: true } as const;
    await one.phone.actions.registerByHand({ ...form, refusal: 'fever' });
    const byHand = (await written()).at(-1);
    expect(byHand).toMatchObject({ type: 'manual', admitted: false, high: true });
    expect(byHand).not.toHaveProperty('temperatureC');
    await one.phone.actions.registerByHand(form);
    expect((await written()).at(-1)).toEqual(byHand);
  });
});
