import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEnrolment } from '../../../../src/scanner/app/enrol/enrolment-code.ts';
import { answer } from '../../../support/fakes/fake-remote.ts';
import type { OpenPhone } from '../../../support/on-shift.ts';
import { createWorld, type World } from '../../../support/world.ts';

let world: World;
let phone: OpenPhone;

beforeEach(async () => {
  world = await createWorld();
  phone = await world.open();
});
afterEach(() => world.close());

const origin = 'http://localhost';
const linkOf = (code: string, hub = origin) =>
  `kakou:enrol#${new URLSearchParams({ hub, code, gate: 'g', venue: 'mall' })}`;

/** A code the operator has just made. */
async function freshCode(): Promise<string> {
  const call = { method: 'POST', path: '/demo/enrolment-code', body: '{}' } as const;
  const reply = await world.hub.handle(call);
  if (reply.kind !== 'answer') throw new Error('no code');
  return (JSON.parse(new TextDecoder().decode(reply.body)) as { code: string }).code;
}
const asked = () => world.remote.calls.filter(({ path }) => path === '/v1/devices').length;

describe('an enrolment code that does not work', () => {
  it('is refused for the hub of another address, which is said and never asked', async () => {
    await phone.actions.present(linkOf(await freshCode(), 'https://hub.example:8443/x'), 'wedge');
    expect(phone.state()).toMatchObject({
      phase: 'enrol',
      enrolling: 'other-hub',
      enrolHub: 'https://hub.example:8443',
    });
    expect(asked()).toBe(0);
    await phone.actions.present(linkOf(await freshCode()), 'wedge');
    expect(phone.state()).toMatchObject({ phase: 'ready', enrolling: 'idle' });
    expect(phone.state()).not.toHaveProperty('enrolHub');
  });

  it('is named when it was used before', async () => {
    const code = await freshCode();
    await phone.actions.present(linkOf(code), 'wedge');
    const thief = await createWorld();
    const other = await thief.open();
    thief.remote.handle(world.hub.handle);
    await other.actions.present(linkOf(code), 'wedge');
    expect(other.state()).toMatchObject({ phase: 'enrol', enrolling: 'code-used' });
    expect(await thief.device.enrolment()).toBeUndefined();
    thief.close();
  });

  it('is named when it is older than ten minutes, and when no hub made it', async () => {
    const code = await freshCode();
    world.tick(11 * 60_000);
    await phone.actions.present(linkOf(code), 'wedge');
    expect(phone.state().enrolling).toBe('code-expired');
    await phone.actions.present(linkOf('AAECAwQFBgcICQoLDA0ODw'), 'wedge');
    expect(phone.state().enrolling).toBe('code-unknown');
  });

  it.each([
    ['a hub that is not there', { kind: 'offline' } as const, 'no-answer'],
    ['a login elsewhere', { kind: 'offline', elsewhere: true } as const, 'not-the-hub'],
    ['a login page', answer(200, '<html>welcome</html>'), 'not-the-hub'],
    ['a hub in trouble', answer(500, '{}'), 'server'],
    ['a busy hub', answer(429, '{}'), 'server'],
    ['an unwilling hub', answer(403, '{}'), 'refused'],
    ['an answer without a device', answer(201, '{}'), 'refused'],
  ])('because of %s leaves the phone as it was, to try again', async (_, reply, problem) => {
    const code = await freshCode();
    world.remote.handle((call) => (call.path === '/v1/devices' ? reply : world.hub.handle(call)));
    await phone.actions.present(linkOf(code), 'wedge');
    expect(phone.state()).toMatchObject({ phase: 'enrol', enrolling: problem });
    expect(await world.device.enrolment()).toBeUndefined();
    world.remote.handle(world.hub.handle);
    await phone.actions.present(linkOf(code), 'wedge');
    expect(phone.state().phase).toBe('ready');
  });

  it('is kept where the phone has no network, which is not a hub that is down', async () => {
    const link = linkOf(await freshCode());
    world.remote.setOnline(false);
    await phone.actions.present(link, 'wedge');
    expect(phone.state()).toMatchObject({ phase: 'enrol', enrolling: 'offline' });
  });

  it('works again when the answer was lost, after a restart too, as the same one device', async () => {
    const link = linkOf(await freshCode());
    const asked: string[] = [];
    const given: unknown[] = [];
    world.remote.handle(async (call) => {
      const reply = await world.hub.handle(call);
      if (call.path !== '/v1/devices' || reply.kind !== 'answer') return reply;
      asked.push(String(reply.status));
      given.push(JSON.parse(new TextDecoder().decode(reply.body)));
      return asked.length < 3 ? { kind: 'offline' } : reply;
    });
    await phone.actions.present(link, 'wedge');
    await phone.actions.present(link, 'wedge');
    expect(phone.state()).toMatchObject({ phase: 'enrol', enrolling: 'no-answer' });
    phone = await world.open();
    await phone.actions.present(link, 'wedge');
    expect(phone.state().phase).toBe('ready');
    expect(asked).toEqual(['201', '201', '201']);
    expect(given).toEqual([given[0], given[0], given[0]]);
  });

  it('is said to be damaged, and a stray code is not taken for one', async () => {
    await phone.actions.scanEnrolment();
    phone.reader.show('https://example.org/');
    expect(phone.state().enrolling).toBe('idle');
    phone.reader.show('kakou:enrol#code=short');
    await expect.poll(() => phone.state().enrolling).toBe('code-malformed');
    expect(asked()).toBe(0);
  });
});

describe('six digits to compare', () => {
  const enrolByCode = async () => phone.actions.present(linkOf(await freshCode()), 'wedge');

  it('make a device only once the guard has seen the same, after a restart too', async () => {
    await enrolByCode();
    const digits = phone.state().enrolDigits;
    expect(digits).toMatch(/^\d{6}$/);
    phone = await world.open();
    expect(phone.state()).toMatchObject({ phase: 'ready', enrolDigits: digits });
    await phone.actions.syncNow();
    expect((await world.log.head()).seq).toBe(0);
    await phone.actions.confirmEnrolment();
    expect(phone.state().enrolDigits).toBeUndefined();
    expect(await world.device.enrolment()).not.toHaveProperty('unconfirmed');
    await phone.actions.startShift('7');
    await phone.actions.syncNow();
    const device = (await world.device.enrolment())?.device;
    expect((await world.log.read(1, 9)).every((entry) => entry.device === device)).toBe(true);
    expect(phone.state().sync.unsynced).toBe(0);
  });

  it('that differ throw the enrolment away, key and all, and say whom to tell', async () => {
    await enrolByCode();
    const before = await world.device.enrolment();
    await phone.actions.refuseEnrolment();
    expect(phone.state()).toMatchObject({ phase: 'enrol', enrolling: 'digits-differ' });
    expect(phone.state()).not.toHaveProperty('gate');
    expect(await world.device.enrolment()).toBeUndefined();
    expect((await world.log.head()).seq).toBe(0);
    await enrolByCode();
    await phone.actions.confirmEnrolment();
    const now = await world.device.enrolment();
    expect(now?.device).not.toBe(before?.device);
    expect(now?.publicJwk).not.toEqual(before?.publicJwk);
  });
});

describe('a place where an enrolment is soon lost', () => {
  it.each([
    ['in-app', 'in-app'],
    ['ios-safari', 'tab'],
    ['ios-other', 'tab'],
  ] as const)(
    '%s is said before the code is spent, and the code stays good',
    async (browser, place) => {
      phone = await world.open({ browser });
      const link = linkOf(await freshCode());
      await phone.actions.present(link, 'wedge');
      expect(phone.state()).toMatchObject({ phase: 'enrol', enrolPlace: place, enrolling: 'idle' });
      expect(asked()).toBe(0);
      await phone.actions.enrolElsewhere();
      expect(phone.state()).not.toHaveProperty('enrolPlace');
      await phone.actions.enrolHere();
      expect(asked()).toBe(0);
      // in the right place the same code is taken
      phone = await world.open({ browser: 'ios-home' });
      await phone.actions.present(link, 'wedge');
      expect(phone.state()).toMatchObject({ phase: 'ready' });
    },
  );

  it('is named before anything is scanned: the app whose window it is', async () => {
    phone = await world.open({ browser: 'in-app' });
    await phone.actions.seeWindow();
    expect(phone.state().enrolWindow).toBe('wechat');
    phone = await world.open({ browser: 'ios-safari' });
    await phone.actions.seeWindow();
    expect(phone.state()).not.toHaveProperty('enrolWindow');
  });

  it('is gone on with by an explicit word, with the code that waits', async () => {
    phone = await world.open({ browser: 'in-app' });
    await phone.actions.scanEnrolment();
    phone.reader.show(linkOf(await freshCode()));
    await expect.poll(() => phone.state().enrolPlace).toBe('in-app');
    await phone.actions.enrolHere();
    expect(phone.state()).toMatchObject({ phase: 'ready' });
    expect(phone.state()).not.toHaveProperty('enrolPlace');
    expect(asked()).toBe(1);
  });

  it('is not spoken of where a code is damaged or for another hub: nothing would be spent', async () => {
    phone = await world.open({ browser: 'in-app' });
    await phone.actions.present('kakou:enrol#code=short', 'wedge');
    expect(phone.state()).toMatchObject({ enrolling: 'code-malformed' });
    expect(phone.state()).not.toHaveProperty('enrolPlace');
  });
});

describe('what an enrolment code says', () => {
  const code = 'AAECAwQFBgcICQoLDA0ODw';
  const hub = 'hub=http%3A%2F%2Flocalhost';
  const malformed = { ok: false, error: { problem: 'code-malformed' } };
  it.each([
    [`kakou:enrol#${hub}&code=${code}&gate=g`, { ok: true, value: code }],
    [`kakou:enrol#code=${code}&${hub}%2F`, { ok: true, value: code }],
    [`kakou:enrol#code=${code}`, malformed],
    [`kakou:enrol#${hub}&code=${code}x`, malformed],
    [`kakou:enrol#${hub}&code=AAECAwQFBgcICQoLDA0OD_`, malformed],
    [`kakou:enrol#${hub}&code=${code}&code=${code}`, malformed],
    [`kakou:enrol#${hub}&${hub}&code=${code}`, malformed],
    [`kakou:enrol#hub=javascript%3Aalert(1)&code=${code}`, malformed],
    [`kakou:enrol#hub=localhost&code=${code}`, malformed],
    [`KAKOU:enrol#${hub}&code=${code}`, malformed],
    [
      `kakou:enrol#hub=http%3A%2F%2Flocalhost.evil.example&code=${code}`,
      { ok: false, error: { problem: 'other-hub', hub: 'http://localhost.evil.example' } },
    ],
    [
      `kakou:enrol#hub=http%3A%2F%2Flocalhost%40evil.example&code=${code}`,
      { ok: false, error: { problem: 'other-hub', hub: 'http://evil.example' } },
    ],
  ])('%s', (text, found) => expect(readEnrolment(text, origin)).toEqual(found));
});

describe('enrolling anew', () => {
  beforeEach(() => phone.actions.enrolDemo());

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
    await phone.actions.scanEnrolment();
    phone.reader.show('https://example.org/');
    phone.reader.show(linkOf(await freshCode()));
    await expect.poll(() => phone.state().enrolDigits).toMatch(/^\d{6}$/);
    await phone.actions.confirmEnrolment();
    expect((await world.device.enrolment())?.device).not.toBe(before);
    await phone.actions.startShift('8');
    await phone.actions.syncNow();
    expect(phone.state().sync).toMatchObject({ unsynced: 0 });
    expect((await world.log.read(1, 1))[0]?.seq).toBe(1);
  }, 60_000);
});

it('a gate enrolled while a round is under way asks for the temperature at once, not a minute later', async () => {
  await vi.waitFor(() => expect(phone.state().trust.bundle).toBeDefined(), { timeout: 20_000 });
  expect(phone.state().trust.temperature).toBeUndefined(); // nobody knows the gate yet
  let answered: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    answered = resolve;
  });
  world.remote.handle(async (call) => {
    if (call.path.startsWith('/v1/time') || call.path === '/v1/bundle') await slow;
    return world.hub.handle(call);
  });
  void phone.actions.syncNow();
  void phone.actions.enrolDemo();
  await vi.waitFor(() => expect(phone.state().phase).toBe('ready'), { timeout: 20_000 });
  await vi.waitFor(() =>
    expect(phone.state().trust.temperature).toMatchObject({ mode: 'exception' }),
  );
  answered();
});
