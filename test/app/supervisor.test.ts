import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolmentCode } from '../../src/app/enrolment-code.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let phone: Awaited<ReturnType<World['open']>>;

beforeEach(async () => {
  world = await createWorld();
  phone = await world.open();
  await phone.actions.enrolDemo();
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

describe('enrolling anew', () => {
  it('is refused while a shift runs or anything waits for the hub', async () => {
    await phone.actions.startShift('7');
    await phone.actions.forgetDevice();
    expect(await world.device.enrolment()).toBeDefined();
    world.remote.setOnline(false);
    await phone.actions.endShift();
    await phone.actions.forgetDevice();
    expect(await world.device.enrolment()).toBeDefined();
    expect(phone.state().phase).toBe('ready');
  });

  it('with a scanned code gives another device with a log of its own that the hub takes', async () => {
    await phone.actions.startShift('7');
    await phone.actions.endShift();
    await phone.actions.syncNow();
    const before = (await world.device.enrolment())?.device;
    await phone.actions.forgetDevice();
    expect(phone.state().phase).toBe('enrol');
    phone = await world.open();
    const reply = await world.hub.handle({
      method: 'POST',
      path: '/demo/enrolment-code',
      body: '{}',
    } as never);
    const { code } = JSON.parse(
      new TextDecoder().decode(reply.kind === 'answer' ? reply.body : undefined),
    );
    await phone.actions.scanEnrolment();
    phone.reader.show('https://example.org/');
    phone.reader.show(`kakou:enrol#hub=http%3A%2F%2Flocalhost&code=${code}&gate=g&venue=mall`);
    await expect.poll(() => phone.state().enrolDigits).toMatch(/^\d{6}$/);
    expect((await world.device.enrolment())?.device).not.toBe(before);
    await phone.actions.startShift('8');
    await phone.actions.syncNow();
    expect(phone.state().sync).toMatchObject({ unsynced: 0 });
    expect((await world.log.read(1, 1))[0]?.seq).toBe(1);
  }, 60_000);
});

describe('an enrolment code', () => {
  const code = 'AAECAwQFBgcICQoLDA0ODw';
  it.each([
    [`kakou:enrol#hub=h&code=${code}&gate=g`, code],
    [`kakou:enrol#code=${code}`, code],
    [`kakou:enrol#code=${code}x`, undefined],
    [`kakou:enrol#xcode=${code}`, undefined],
    [`https://evil.example/#code=${code}`, undefined],
  ])('%s', (text, found) => expect(enrolmentCode(text)).toBe(found));
});
