import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKey, signerOf } from '../../../../src/authority/keys.ts';
import { signFile } from '../../../../src/authority/sign-file.ts';
import { fromUtf8, toHex } from '../../../../src/core/bytes.ts';
import { derivePin, type PinHash } from '../../../../src/core/enrol/pin.ts';
import { toSeconds } from '../../../../src/core/units.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import {
  keepSettings,
  type SettingsChange,
} from '../../../../src/hub/store/places/gate-settings.ts';
import { createDeskSettings } from '../../../../src/scanner/app/desk/desk-settings.ts';
import { selfCheck } from '../../../../src/scanner/app/phone/self-check.ts';
import { fakePhone } from '../../../support/fakes/fake-phone.ts';
import { answer } from '../../../support/fakes/fake-remote.ts';
import { enrolledPhone, type OpenPhone } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;
beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
});
// all worlds of a process share one hub's database
afterEach(async () => {
  await world.hub.sql.query("update gates set settings = '{}', pin = null, settings_iat = null");
  world.close();
});

const now = () => toSeconds(world.hubClock.wall());
/** As the desk does it. */
const set = (change: SettingsChange) =>
  world.hub.sql.transaction((tx) => keepSettings(tx, 'demo-gate', change, now()));

interface Forged {
  readonly typ?: 'kakou-settings+jws' | 'kakou-receipt+jws';
  readonly by?: 'receipt' | 'time' | 'stranger';
}
/** The hub's answer to a status, whatever stands in it. */
async function offer(payload: object, { typ = 'kakou-settings+jws', by = 'receipt' }: Forged = {}) {
  const key = by === 'stranger' ? await generateKey('r1') : demoKeys()[by];
  const settings = fromUtf8(await signFile(typ, payload, [await signerOf(key)]));
  return offerText(settings ?? '');
}
async function offerText(settings: unknown): Promise<void> {
  world.remote.handle((call) =>
    call.path === '/v1/status'
      ? answer(200, JSON.stringify({ trusted: true, settings }))
      : world.hub.handle(call),
  );
  await phone.actions.syncNow();
  world.remote.handle(world.hub.handle);
}
const inForce = () => phone.state().desk;
const problem = () => phone.state().deskProblem;
const deskLine = async () => {
  const lines = await selfCheck(phone.state(), fakePhone(), world.clock.wall(), () => undefined);
  const line = lines.find(({ name }) => name === 'desk');
  return [line?.grade, line?.detail];
};
const opensWith = async (pin: string) => {
  await phone.actions.openSupervisor(pin);
  const { state } = phone.state().supervisor;
  phone.actions.closeSupervisor();
  return state === 'open';
};
const [salt, hash] = ['00'.repeat(16), '00'.repeat(32)]; // long enough
let salts = 0;
/** Of the fewest rounds that a phone takes from a desk. */
async function pinOf(pin: string): Promise<PinHash> {
  const [bytes, rounds] = [new Uint8Array(16).fill(++salts), 100_000];
  return { salt: toHex(bytes), rounds, hash: await derivePin(pin, bytes, rounds) };
}

describe('what the desk has set for a gate', () => {
  it('comes with the next sync, holds at once outside of a shift, and without a network after', async () => {
    expect(inForce()).toBeUndefined();
    await set({ settings: { rapid: true, passBackS: 900, language: 'en' } });
    await phone.actions.syncNow();
    const iat = now();
    const desk = { gate: 'demo-gate', iat, rapid: true, passBackS: 900, language: 'en' };
    expect(inForce()).toEqual(desk);
    expect(phone.state().settings).toMatchObject({ rapid: true, language: 'en' });
    world.remote.setOnline(false);
    phone = await world.open();
    expect(inForce()).toEqual(desk);
    expect(phone.state().settings).toMatchObject({ rapid: true, language: 'en' });
  });

  it('of a phone that never got any changes nothing', async () => {
    await phone.actions.setSettings({ rapid: true });
    await phone.actions.startShift('7');
    await phone.actions.endShift();
    expect(inForce()).toBeUndefined();
    expect(phone.state().settings).toMatchObject({ rapid: true, languageChosen: false });
    await expect(world.device.gateSettings()).resolves.toBeUndefined();
  });

  it('leaves the screen of a running shift alone, and holds when the next begins', async () => {
    await phone.actions.startShift('7');
    await set({ settings: { rapid: true, language: 'zh-TW', passBackS: 60 } });
    await phone.actions.syncNow();
    expect(inForce()?.passBackS).toBe(60);
    expect(phone.state().settings).toMatchObject({ rapid: false, language: 'zh-CN' });
    await phone.actions.handOver('8');
    expect(phone.state().settings.rapid).toBe(true);
    await phone.actions.endShift();
    expect(phone.state().settings).toMatchObject({ rapid: true, language: 'zh-TW' });
  });

  it('is what a shift begins with; the guard may change it for this one', async () => {
    await set({ settings: { rapid: true } });
    await phone.actions.syncNow();
    await phone.actions.startShift('7');
    await phone.actions.setSettings({ rapid: false });
    await phone.actions.syncNow();
    expect(phone.state().settings.rapid).toBe(false);
    phone = await world.open();
    expect(phone.state().settings.rapid).toBe(false);
    await phone.actions.endShift();
    expect(phone.state().settings.rapid).toBe(true);
  });

  it('changes no language that a guard chose by hand, in an older app too', async () => {
    await phone.actions.setSettings({ language: 'zh-TW' });
    await set({ settings: { language: 'en' } });
    await phone.actions.syncNow();
    expect(phone.state().settings.language).toBe('zh-TW');
    const { languageChosen: _, ...older } = phone.state().settings;
    await world.device.setSettings(older);
    phone = await world.open();
    expect(phone.state().settings).toMatchObject({ language: 'zh-TW', languageChosen: true });
  });

  it('takes no language back that the guard chose while its words were loaded', async () => {
    await world.device.changeGateSettings(() => ({ gate: 'demo-gate', iat: 5, language: 'en' }));
    const desk = createDeskSettings({
      ...{ store: phone.store, device: world.device, language: 'zh-CN' },
      enrolment: () => phone.state().gate && { gate: phone.state().gate as never },
      receiptKeys: () => [],
      pins: undefined as never,
      writer: undefined as never,
      clock: undefined as never,
      loadLanguage: () => phone.actions.setSettings({ language: 'zh-TW' }),
    });
    await desk.open();
    desk.stop();
    expect(phone.state().settings).toMatchObject({ language: 'zh-TW', languageChosen: true });
  });

  it('that is unset leaves the phone its own language', async () => {
    await set({ settings: { language: 'en' } });
    await phone.actions.syncNow();
    expect(phone.state().settings.language).toBe('en');
    await set({ settings: {} });
    await phone.actions.syncNow();
    expect([phone.state().settings.language, inForce()?.language]).toEqual(['zh-CN', undefined]);
  });

  it('is of one gate: another’s is not, and a phone that leaves shows none', async () => {
    await set({ settings: { rapid: true } });
    await phone.actions.syncNow();
    await phone.actions.forgetDevice();
    expect(inForce()).toBeUndefined();
    await world.device.changeGateSettings(() => ({ gate: 'other', iat: 5, rapid: false }));
    phone = await world.open();
    expect(inForce()).toBeUndefined();
    await phone.actions.enrolDemo();
    expect(inForce()?.gate).toBe('demo-gate');
  });

  it('is told the hub as taken, so that it comes once', async () => {
    await set({ settings: { rapid: true } });
    await phone.actions.syncNow();
    world.remote.calls.length = 0;
    await phone.actions.syncNow();
    const told = world.remote.calls.find(({ path }) => path === '/v1/status');
    const claims = JSON.parse(Buffer.from(told?.body?.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ settings: inForce()?.iat, onShift: false });
  });
});

describe('settings that are not taken', () => {
  const good = { gate: 'demo-gate', rapid: true };

  it.each([
    ['by the time key', 'settings-forged', { by: 'time' }],
    ['by a key of nobody’s', 'settings-forged', { by: 'stranger' }],
    ['signed as another thing', 'settings-malformed', { typ: 'kakou-receipt+jws' }],
  ] as const)('are those signed %s', async (_, why, how) => {
    await offer({ ...good, iat: now() }, how);
    expect([inForce(), problem()]).toEqual([undefined, why]);
    expect(await deskLine()).toEqual(['fair', `none ${why}`]);
  });

  it.each([
    ['for another gate', 'settings-other-gate', { gate: 'west' }],
    ['with another word for a truth', 'settings-malformed', { rapid: 'yes' }],
    ['that let the same code in at once', 'settings-malformed', { passBackS: 0 }],
    ['without a date', 'settings-malformed', { iat: 0 }],
    ['with a PIN of one round', 'settings-malformed', { supervisor: { salt, rounds: 1, hash } }],
    ['that ask for a newer app', 'app-outdated', { crit: ['mood'] }],
  ] as const)('are those %s', async (_, why, change) => {
    await offer({ ...good, iat: now(), ...change });
    expect([inForce(), problem()]).toEqual([undefined, why]);
    expect(phone.state().settings.rapid).toBe(false);
  });

  it.each(['', 'no file', '{}', '{"payload":"e30","signatures":[]}', 'x'.repeat(20_000)])(
    'are those that are no file at all: %j',
    async (text) => {
      await offerText(text);
      expect([inForce(), problem()]).toEqual([undefined, 'settings-malformed']);
    },
  );

  it('are an older word played back; the one in force stays, a PIN too', async () => {
    const [first, second] = [await pinOf('111111'), await pinOf('222222')];
    const old = { ...good, iat: now(), supervisor: first };
    await offer(old);
    await offer({ ...good, iat: now() + 1, rapid: false, supervisor: second });
    await offer(old);
    expect([inForce()?.rapid, problem()]).toEqual([false, 'settings-older']);
    expect(await opensWith('111111')).toBe(false);
    expect(await opensWith('222222')).toBe(true);
    expect(await deskLine()).toEqual(['fair', `set=${now() + 1} settings-older`]);
  }, 60_000);

  it('stop nothing else, and are forgotten with the next good word', async () => {
    await offer({ ...good, iat: now() }, { by: 'stranger' });
    expect(phone.state().sync.problem).toBeUndefined();
    await phone.actions.startShift('7');
    await phone.actions.present(await world.pass(), 'wedge');
    expect(phone.state().card?.verdict.state).toBe('pass');
    await phone.actions.syncNow();
    expect([problem(), (await deskLine())[0]]).toEqual([undefined, 'good']);
  });

  it('are taken with members and words of a later version, which are left out', async () => {
    await offer({ ...good, iat: now(), language: 'fr', mood: { a: 1 }, crit: [] });
    expect(inForce()).toEqual({ gate: 'demo-gate', iat: now(), rapid: true });
    expect(problem()).toBeUndefined();
  });

  it('are all of them on a phone that the hub does not trust', async () => {
    world.remote.handle((call) =>
      call.path === '/v1/status'
        ? answer(200, JSON.stringify({ trusted: false, settings: 'x' }))
        : world.hub.handle(call),
    );
    await phone.actions.syncNow();
    expect([inForce(), problem()]).toEqual([undefined, undefined]);
  });
});

describe('the desk’s PIN', () => {
  it('takes the place of the one on the phone; one set by hand later stays until the desk sets another', async () => {
    await phone.actions.setFirstPin('246810');
    phone.actions.closeSupervisor();
    await set({ pin: await pinOf('135791') });
    await phone.actions.syncNow();
    expect([inForce()?.pin, await opensWith('246810'), await opensWith('135791')]).toEqual([
      true,
      false,
      true,
    ]);
    await phone.actions.openSupervisor('135791');
    await phone.actions.changePin('135791', '444444');
    phone.actions.closeSupervisor();
    world.tick(2000);
    await set({ settings: { rapid: true } });
    await phone.actions.syncNow();
    expect(inForce()?.rapid).toBe(true);
    expect(await opensWith('444444')).toBe(true);
    await set({ pin: null });
    await phone.actions.syncNow();
    expect([inForce()?.pin, await opensWith('444444')]).toEqual([undefined, true]);
    world.tick(2000);
    await set({ pin: await pinOf('555555') });
    await phone.actions.syncNow();
    expect(await opensWith('555555')).toBe(true);
    const acts = (await world.log.read(1, 100)).flatMap((entry) =>
      entry.type === 'supervisor' && entry.act === 'pin-set' ? [entry.act] : [],
    );
    expect(acts).toHaveLength(4);
    expect(JSON.stringify(await world.device.gateSettings())).not.toMatch(/hash|salt/);
  }, 60_000);

  it('on a disk that takes nothing is offered again', async () => {
    await set({ pin: await pinOf('135791'), settings: { rapid: true } });
    world.device.breakWritesWith('storage-quota');
    await phone.actions.syncNow();
    expect(inForce()).toBeUndefined();
    world.device.breakWritesWith(undefined);
    await phone.actions.syncNow();
    expect([inForce()?.pin, await opensWith('135791')]).toEqual([true, true]);
  }, 60_000);
});
