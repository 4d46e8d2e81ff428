import { CompactSign } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signerOf } from '../../../../src/authority/keys.ts';
import { utf8 } from '../../../../src/core/bytes.ts';
import { pinResetTyp } from '../../../../src/core/enrol/pin-reset.ts';
import { pinResetScheme } from '../../../../src/core/enrol/pin-reset-code.ts';
import { toSeconds } from '../../../../src/core/units.ts';
import { demoKeys } from '../../../../src/demo/demo-keys.ts';
import { enrolledPhone, givePin, type OpenPhone } from '../../../support/on-shift.ts';
import type { World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  ({ world, phone } = await enrolledPhone());
  await givePin(world, '246810');
});
afterEach(() => world.close());

interface Made {
  readonly device?: string;
  readonly iat?: number;
  readonly lifeS?: number;
  readonly typ?: string;
  readonly by?: 'receipt' | 'time';
}
/** A reset code as the hub makes it, but for what is said otherwise. */
async function code({ device, iat, lifeS = 3600, typ = pinResetTyp, by = 'receipt' }: Made = {}) {
  const made = iat ?? toSeconds(world.hubClock.wall());
  const own = (await world.device.enrolment())?.device ?? '';
  const claims = { device: device ?? own, jti: 'AAAA', iat: made, exp: made + lifeS };
  const { kid, key } = await signerOf(demoKeys()[by]);
  const token = await new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid, typ })
    .sign(key);
  return `${pinResetScheme}${token}`;
}
/** On the supervisor's page, after 忘记密码. */
async function show(text: string): Promise<void> {
  await phone.actions.scanPinReset();
  await phone.actions.present(text, 'wedge');
  expect(phone.state().storageFault).toBeUndefined();
}
const answer = () => phone.state().pinReset;
const opensWith = async (pin: string) => {
  await phone.actions.openSupervisor(pin);
  const { state } = phone.state().supervisor;
  phone.actions.closeSupervisor();
  return state === 'open';
};

describe('a reset code of the hub', () => {
  it('lets a new PIN be set once, in place of the forgotten one, and the log says so', async () => {
    const text = await code();
    await show(text);
    expect(answer()).toBe('ready');
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('open');
    expect(answer()).toBeUndefined();
    phone.actions.closeSupervisor();
    expect(await opensWith('246810')).toBe(false);
    expect(await opensWith('135791')).toBe(true);
    await show(text);
    expect(answer()).toBe('reset-used');
    const entries = await world.log.read(1, 100);
    expect(entries.map((entry) => entry.type === 'supervisor' && entry.act)).toContain('pin-reset');
    expect(JSON.stringify(entries)).not.toContain(text.slice(-40));
  }, 60_000);

  it('opens a door that wrong tries had closed, and is not used up before the new PIN is kept', async () => {
    for (let tries = 0; tries < 5; tries++) await phone.actions.openSupervisor('000000');
    const text = await code();
    await show(text);
    phone = await world.open(); // killed in between
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('closed');
    await show(text);
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('open');
  }, 60_000);

  it('is let go with the screen it was shown to', async () => {
    await show(await code());
    phone.actions.closeSupervisor();
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('closed');
    expect(await opensWith('246810')).toBe(true);
  }, 60_000);

  it('made before one that was used is used up with it, after a restart and a change too', async () => {
    const older = await code();
    world.tick(2000);
    await show(await code());
    await phone.actions.resetPin('135791');
    await phone.actions.changePin('135791', '975310');
    phone = await world.open();
    await show(older);
    expect(answer()).toBe('reset-used');
  }, 60_000);

  it('is over after its hour, while the new PIN is typed too', async () => {
    const text = await code();
    world.tick(3599_000);
    await show(text);
    expect(answer()).toBe('ready');
    world.tick(2000);
    await phone.actions.resetPin('135791');
    expect(answer()).toBe('reset-expired');
    expect(await opensWith('246810')).toBe(true);
  }, 60_000);

  it.each<[string, Made, string]>([
    ['for another phone', { device: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'reset-other-device'],
    ['signed by another key of the hub', { by: 'time' }, 'reset-forged'],
    ['of another kind', { typ: 'kakou-enrol+jwt' }, 'reset-malformed'],
    ['good for longer than an hour', { lifeS: 3601 }, 'reset-malformed'],
    ['over before it was made', { lifeS: -1 }, 'reset-malformed'],
  ])('%s resets nothing', async (_, made, refusal) => {
    await show(await code(made));
    expect(answer()).toBe(refusal);
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('closed');
  });

  it.each([
    ['dated ahead', 3600, 'reset-clock'],
    ['of yesterday', -86_400, 'reset-expired'],
  ])('%s resets nothing', async (_, byS, refusal) => {
    await show(await code({ iat: toSeconds(world.hubClock.wall()) + byS }));
    expect(answer()).toBe(refusal);
  });

  it('cut, altered or empty is damaged or forged, never taken', async () => {
    const text = await code();
    for (const bad of [
      pinResetScheme,
      text.slice(0, -2),
      `${text}.x`,
      `${pinResetScheme}${'x'.repeat(3000)}`,
    ]) {
      await show(bad);
      expect(answer()).toBe('reset-malformed');
    }
    const [head, , signature] = text.split('.');
    const other = (await code({ lifeS: 1800 })).split('.')[1];
    await show([head, other, signature].join('.'));
    expect(answer()).toBe('reset-forged');
  });

  it('counts for nothing where this phone does not know what time it is', async () => {
    const text = await code();
    world.clock.setWall(world.clock.wall() - 3_600_000);
    await show(text);
    expect(answer()).toBe('reset-clock');
  });

  it('that nobody asked for is taken by nobody: it waits for no one who opens the page later', async () => {
    await phone.actions.present(await code(), 'wedge');
    await phone.actions.takePinReset(await code());
    expect(answer()).toBeUndefined();
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('closed');
  });

  it('is not used up, and no PIN is new, on a disk that takes nothing', async () => {
    const text = await code();
    await show(text);
    world.device.breakWritesWith('storage-quota');
    await phone.actions.resetPin('135791');
    expect(phone.state()).toMatchObject({
      supervisor: { state: 'closed' },
      storageFault: 'storage-quota',
    });
    world.device.breakWritesWith(undefined);
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('open');
  }, 60_000);

  it('within a shift, or before there is a gate, is no reset code', async () => {
    await show(await code());
    await phone.actions.startShift('7');
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('closed');
    await phone.actions.scanPinReset();
    await phone.actions.takePinReset(await code());
    await phone.actions.resetPin('135791');
    expect(phone.state().supervisor.state).toBe('closed');
  });
});
