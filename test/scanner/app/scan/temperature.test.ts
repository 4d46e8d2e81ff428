import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enrolledPhone, type OpenPhone } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
  const { gate } = phone.state();
  if (gate) phone.store.setState({ gate: { ...gate, venue: 'workplace' } });
  await phone.actions.startShift('7');
  await phone.actions.syncNow();
});
afterEach(() => world.close());

const present = async (text: string) => {
  await phone.actions.present(text, 'wedge');
  return phone.state().card;
};
const written = async () =>
  (await world.log.read(1, 100)).filter(({ type }) => type === 'scan' || type === 'decision');

describe('a gate that takes the temperature', () => {
  it('waits for it, lets in who has none, and logs a decision that belongs to the scan', async () => {
    const card = await present(await world.pass());
    expect(card).toMatchObject({
      verdict: { state: 'check', reason: 'temperature-needed' },
      temperature: { mode: 'confirm', limitC: 37.3 },
    });
    await phone.actions.temperature('normal');
    expect(phone.state().card?.verdict).toMatchObject({ state: 'pass', reason: 'admitted' });
    expect(await written()).toMatchObject([
      { type: 'scan', reason: 'temperature-needed' },
      { type: 'decision', ref: card?.seq, state: 'pass', reason: 'admitted' },
    ]);
    expect(phone.state().counts).toEqual({ pass: 1, check: 0, stop: 0, unknown: 0 });
  });

  it.each([37.3, Number.NaN])('stops who measures %f', async (degrees) => {
    await present(await world.pass());
    await phone.actions.temperature(degrees).catch(() => undefined);
    expect(phone.state().card?.verdict.state).not.toBe('pass');
    expect(phone.state().counts.pass).toBe(0);
  });

  it('is taken once: a second tap changes nothing', async () => {
    await present(await world.pass());
    await phone.actions.temperature(38);
    await phone.actions.temperature('normal');
    expect(phone.state().card?.verdict).toMatchObject({ state: 'stop' });
    expect(await written()).toHaveLength(2);
  });

  it('is not taken from a second person with the same code: that one is checked', async () => {
    const text = await world.pass();
    await present(text);
    await phone.actions.temperature('normal');
    phone.actions.dismissCard();
    world.tick(4000);
    expect((await present(text))?.verdict.reason).toBe('already-scanned');
    await phone.actions.temperature('normal');
    expect(phone.state().card?.verdict.state).toBe('check');
    expect(await written()).toHaveLength(3);
  });
});

describe('a temperature taken later', () => {
  const decide = async (reading: 'normal' | number) => {
    await phone.actions.temperature(reading);
    return phone.state().card?.verdict;
  };

  it('turns nothing green when the trust has expired since', async () => {
    await present(await world.pass());
    world.tick(73 * 3_600_000);
    expect(await decide('normal')).toMatchObject({ state: 'unknown', reason: 'trust-expired' });
    expect(await written()).toMatchObject([
      { type: 'scan' },
      { type: 'decision', state: 'unknown', reason: 'trust-expired' },
    ]);
    expect(phone.state().counts).toEqual({ pass: 0, check: 0, stop: 0, unknown: 1 });
  });

  it('turns nothing green when the clock has been set back since', async () => {
    await present(await world.pass());
    world.tick(20_000);
    world.clock.setWall(world.clock.wall() - 20_000);
    expect(await decide('normal')).toMatchObject({ state: 'unknown', reason: 'clock-untrusted' });
  });

  it('turns nothing green when the code has grown old since', async () => {
    await present(await world.pass());
    world.tick(89_000);
    expect(await decide('normal')).toMatchObject({ state: 'pass' });
    phone.actions.dismissCard();
    await present(await world.pass());
    world.tick(90_000);
    expect(await decide('normal')).toMatchObject({ state: 'stop', reason: 'stale' });
  });

  it('is a fever whatever has become of the code', async () => {
    await present(await world.pass());
    world.tick(73 * 3_600_000);
    expect(await decide(38.5)).toMatchObject({ state: 'stop', reason: 'temperature-high' });
  });

  it('that could not be logged admits nobody', async () => {
    await present(await world.pass());
    world.log.breakWith('storage-quota');
    expect((await decide('normal'))?.state).toBe('unknown');
    expect(phone.state().counts.pass).toBe(0);
  });
});

describe('a green card', () => {
  it('is gone when the phone wakes from a sleep with it, even a held one; no other card is', async () => {
    await present(await world.pass());
    await phone.actions.temperature('normal');
    phone.actions.holdCard();
    world.tick(60_000);
    phone.app.wake();
    expect(phone.state().card?.verdict.state).toBe('pass');
    world.clock.sleep(1000);
    phone.app.wake();
    expect(phone.state().card).toBeUndefined();
    await present('KK1:NONSENSE');
    world.clock.sleep(3_600_000);
    phone.app.wake();
    expect(phone.state().card?.verdict.state).toBe('stop');
  });
});

describe('a phone that falls asleep between a verdict and its card', () => {
  it('wakes with no green card and no sound of a pass, and the entry is kept', async () => {
    await present(await world.pass());
    const { add } = world.log;
    const played = phone.feedback.played.length;
    vi.spyOn(world.log, 'add').mockImplementation(async (entry) => {
      world.clock.sleep(61_000);
      return add(entry);
    });
    await phone.actions.temperature('normal');
    expect(phone.state().card).toBeUndefined();
    expect(phone.feedback.played).toHaveLength(played);
    expect((await written()).at(-1)).toMatchObject({ type: 'decision', state: 'pass' });
  });
});

describe('a code the revocation list is too old for', () => {
  it('asks the hub for a newer list at once', async () => {
    const text = await world.pass({ kind: 'paper' });
    world.tick(49 * 3_600_000);
    world.remote.calls.length = 0;
    expect((await present(text))?.verdict.reason).toBe('list-too-old');
    await expect.poll(() => world.remote.calls.map(({ path }) => path)).toContain('/v1/bundle');
  });
});
