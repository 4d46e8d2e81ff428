import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogEntry } from '../../../../src/core/log/entry.ts';
import { peopleOf } from '../../../../src/core/log/people.ts';
import { nobodyOnDuty } from '../../../../src/scanner/app/shift/guards.ts';
import { enrolledPhone, givePin, type OnePhone, phoneOnShift } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

const pin = '135790';
const plan = { camera: 'front', scannedWith: 'thermal-camera' } as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Time passes for phone and hub, and what was due by then is done. */
async function pass(world: World, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1000) {
    world.tick(Math.min(1000, left));
    await vi.advanceTimersByTimeAsync(Math.min(1000, left));
  }
  for (let turns = 0; turns < 20; turns++) await new Promise((next) => setImmediate(next));
}

async function open({ world, phone }: OnePhone): Promise<void> {
  await givePin(world, pin);
  await phone.actions.openSupervisor(pin);
}

/** A phone that is a kiosk, with its shift begun and its camera on. */
async function kiosk(on = enrolledPhone): Promise<OnePhone> {
  const one = await on();
  await open(one);
  await one.phone.actions.turnKioskOn(plan);
  await vi.waitFor(() => expect(one.phone.state().shift?.operator).toBe(nobodyOnDuty));
  await pass(one.world, 6000);
  return one;
}

/** The code that the camera sees, and what stands on screen when it is judged. */
async function show({ world, phone }: OnePhone, text: string) {
  phone.reader.show(text);
  await vi.waitFor(() => expect(phone.state().card).toBeDefined());
  await pass(world, 1);
  return phone.state().card;
}

const entriesOf = ({ world }: OnePhone): Promise<LogEntry[]> => world.log.read(1, 1000);

describe('turning a kiosk on', () => {
  it('takes an open supervisor, and is in the log', async () => {
    const one = await enrolledPhone();
    await one.phone.actions.turnKioskOn(plan);
    expect(one.phone.state().kiosk).toBeUndefined();
    await open(one);
    await one.phone.actions.turnKioskOn(plan);
    await pass(one.world, 6000);
    const { kiosk, shift, supervisor, guards, kioskTrouble } = one.phone.state();
    expect({ kiosk, guards, kioskTrouble }).toEqual({ kiosk: plan });
    expect([shift?.operator, supervisor.state]).toEqual([nobodyOnDuty, 'closed']);
    await expect.poll(() => one.phone.reader.facing).toBe('front');
    const acts = (await entriesOf(one)).flatMap((entry) => ('act' in entry ? [entry.act] : []));
    expect(acts).toEqual(['opened', 'kiosk-on']);
  });

  it('takes over from a guard on shift, whose shift ends', async () => {
    const one = await kiosk(phoneOnShift);
    const shifts = (await entriesOf(one)).flatMap((entry) =>
      entry.type === 'shift-start' ? [entry.operator] : entry.type === 'shift-end' ? ['end'] : [],
    );
    expect(shifts).toEqual(['7', 'end', nobodyOnDuty]);
    expect(one.phone.state().summary).toBeUndefined();
  });

  it('is refused where a person has to measure, for nobody could pass', async () => {
    const one = await enrolledPhone();
    await open(one);
    await one.phone.actions.turnKioskOn({ camera: 'back' });
    expect(one.phone.state()).toMatchObject({ kioskRefused: 'temperature' });
    expect(one.phone.state().kiosk).toBeUndefined();
    expect(await one.world.device.kiosk()).toBeUndefined();
  });
});

describe('at a kiosk', () => {
  it('a good code passes, is counted as ever, and leaves after two seconds', async () => {
    const one = await kiosk();
    const card = await show(one, await one.world.pass());
    expect(card?.verdict.state).toBe('pass');
    expect(one.phone.feedback.played.at(-1)).toMatchObject({ state: 'pass' });
    expect(one.phone.feedback.said.at(-1)).toBe('zh-CN zh-CN pass admitted');
    await pass(one.world, 1900);
    expect(one.phone.state().card).toBeDefined();
    await pass(one.world, 300);
    expect(one.phone.state().card).toBeUndefined();
    expect(one.phone.state().outcomes).toEqual({ admitted: 1, refused: 0, notRecorded: 0 });
  });

  it.each([
    ['red', { state: 'r' }, 'stop', 0],
    ['yellow', { issuer: 'CN-HE', state: 'y' }, 'check', 0],
    ['a screenshot', {}, 'stop', 400],
  ] as const)(
    '%s sends to a guard, with one sound for all, and leaves after five seconds',
    async (_, request, state, ageS) => {
      const one = await kiosk();
      const card = await show(one, await one.world.pass(request, ageS));
      expect(card?.verdict.state).toBe(state);
      expect(one.phone.feedback.played.at(-1)).toMatchObject({ state: 'check' });
      await pass(one.world, 4500);
      expect(one.phone.state().card).toBeDefined();
      await pass(one.world, 700);
      expect(one.phone.state().card).toBeUndefined();
      const [person, ...others] = peopleOf(await entriesOf(one));
      expect(person).toMatchObject({ outcome: 'refused', by: 'scanner', why: 'sent-to-guard' });
      expect(others).toEqual([]);
    },
  );

  it('whom it sent to a guard is no repeat when the guard scans them', async () => {
    const one = await kiosk();
    const code = await one.world.pass({ issuer: 'CN-HE', state: 'y' });
    await show(one, code);
    await pass(one.world, 9000);
    expect((await show(one, code))?.verdict.reason).toBe('colour-caution');
  });

  it('what is no health code does nothing: no card, no entry, and the words stand out for a moment', async () => {
    const one = await kiosk();
    const before = await entriesOf(one);
    for (const text of [
      'https://example.org/v#AAAA',
      'kakou:enrol#x',
      '13800138000',
      'https://a.cn',
    ]) {
      one.phone.reader.show(text);
      await pass(one.world, 500);
      expect(one.phone.state()).toMatchObject({ kioskStray: true });
    }
    await pass(one.world, 3500);
    const { card, kioskStray } = one.phone.state();
    expect({ card, kioskStray }).toEqual({});
    expect(await entriesOf(one)).toHaveLength(before.length);
  });

  it('works with a hardware scanner, with no camera at all', async () => {
    const one = await enrolledPhone();
    await open(one);
    await one.phone.actions.turnKioskOn({ ...plan, camera: 'none' });
    await pass(one.world, 30_000);
    expect([one.phone.reader.started, one.phone.state().kioskTrouble]).toEqual([false, undefined]);
    await one.phone.actions.present(await one.world.pass(), 'wedge');
    expect(one.phone.state().card?.verdict.state).toBe('pass');
    await one.phone.actions.present(await one.world.pass({ state: 'r' }), 'wedge');
    expect(one.phone.state().card?.verdict.state).toBe('stop');
    // the next in the queue does not wait for whoever was sent away
    await one.phone.actions.present(await one.world.pass(), 'wedge');
    expect(one.phone.state().card?.verdict.state).toBe('pass');
    const [first, second, third] = peopleOf(await entriesOf(one));
    expect([first?.outcome, second?.why, third?.outcome]).toEqual([
      'admitted',
      'sent-to-guard',
      'admitted',
    ]);
  });

  it('no picture is looked at: nobody stands there with one', async () => {
    const one = await kiosk();
    one.phone.reader.pictures = [await one.world.pass()];
    await one.phone.actions.readPicture({ size: 1, type: 'image/png' });
    await one.phone.actions.present(await one.world.pass(), 'picture');
    expect([one.phone.state().card, one.phone.state().choice]).toEqual([undefined, undefined]);
  });
});

describe('a kiosk is left', () => {
  it('by nothing but the PIN: not by a start, nor by the desk', async () => {
    const one = await kiosk();
    await one.phone.actions.leaveKiosk();
    expect(one.phone.state().kiosk).toEqual(plan);
    const again = await one.world.open();
    expect(again.state()).toMatchObject({ kiosk: plan, shift: { operator: nobodyOnDuty } });
    await again.actions.openSupervisor('000000');
    await again.actions.leaveKiosk();
    expect([again.state().kiosk, again.state().supervisor.state]).toEqual([plan, 'wrong']);
    await again.actions.openSupervisor(pin);
    await again.actions.leaveKiosk();
    const { kiosk: left, shift, summary } = again.state();
    expect([left, shift, summary?.operator]).toEqual([undefined, undefined, nobodyOnDuty]);
    expect((await one.world.open()).state().kiosk).toBeUndefined();
  });

  it('five wrong PINs close its door for five minutes', async () => {
    const one = await kiosk();
    for (let tries = 0; tries < 5; tries++) await one.phone.actions.openSupervisor('000000');
    await one.phone.actions.openSupervisor(pin);
    expect(one.phone.state().supervisor.state).toBe('locked');
    await one.phone.actions.leaveKiosk();
    expect(one.phone.state().kiosk).toEqual(plan);
  });
});
