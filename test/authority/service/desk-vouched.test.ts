import { afterAll, beforeAll, expect, it } from 'vitest';
import { toSeconds } from '../../../src/core/units.ts';
import {
  Browser,
  deskPass,
  type TestAuthority,
  testAuthority,
} from '../../support/authority/test-authority.ts';

/** Seconds after the hub's last word. */
const s = (seconds: number) => at.clock.tick(seconds * 1000);
let at: TestAuthority;
beforeAll(async () => {
  at = await testAuthority();
  await at.publish();
});
afterAll(() => at.close());

const enter = async (browser: Browser, role: 'desk' | 'admin' | 'auditor' = 'desk', over = {}) =>
  (await browser.ask('POST', '/desk/session', await deskPass(at, role, over))).status;
const answers = async (browser: Browser) => (await browser.ask('GET', '/desk/statistics')).status;
const tokenOf = ({ cookies }: Browser) => [...cookies.values()].join();
const copyOf = ({ cookies }: Browser) => {
  const copy = new Browser(at);
  for (const [name, value] of cookies) copy.cookies.set(name, value);
  return copy;
};
async function signedIn(): Promise<number> {
  const admin = new Browser(at);
  await enter(admin, 'admin');
  const { acts } = (await admin.ask('GET', '/desk/acts')).body;
  const own = (one: { act: string; by: { operator: string } }) =>
    one.act === 'signed-in' && one.by.operator === 'op-desk';
  return acts.filter(own).length;
}

it('an account that gets no pass any more is out within a minute of its last one', async () => {
  const desk = new Browser(at);
  expect(await enter(desk)).toBe(201);
  s(59);
  expect(await answers(desk)).toBe(200);
  s(1);
  expect(await answers(desk)).toBe(401);
});

it('whoever gets one goes on with the session they have, which is one sign-in', async () => {
  const desk = new Browser(at);
  const before = await signedIn();
  await enter(desk);
  const token = tokenOf(desk);
  for (let minutes = 0; minutes < 40; minutes++) {
    s(60);
    expect(await answers(desk)).toBe(401);
    expect(await enter(desk)).toBe(201);
    expect(await answers(desk)).toBe(200);
  }
  expect(tokenOf(desk)).toBe(token);
  expect(await signedIn()).toBe(before + 1);
});

it('a pass that was used, or is of another operator, lengthens nobody’s', async () => {
  const desk = new Browser(at);
  const pass = await deskPass(at, 'desk');
  await desk.ask('POST', '/desk/session', pass);
  const held = copyOf(desk);
  s(40);
  expect((await desk.ask('POST', '/desk/session', pass)).status).toBe(401);
  expect(await enter(desk, 'desk', { operator: 'op-other' })).toBe(201);
  expect(tokenOf(desk)).not.toBe(tokenOf(held));
  s(20);
  expect(await answers(held)).toBe(401);
  expect(await answers(desk)).toBe(200);
});

it('a role that was taken is gone: the new pass opens another session, the old one is not lengthened', async () => {
  const desk = new Browser(at);
  await enter(desk, 'admin');
  const held = copyOf(desk);
  s(30);
  expect(await enter(desk, 'auditor', { operator: 'op-admin', name: 'admin of the test' })).toBe(
    201,
  );
  expect((await desk.ask('GET', '/desk/appeals')).status).toBe(403);
  s(30);
  expect(await answers(held)).toBe(401);
});

it('a hub whose clock is ahead vouches no longer than a minute, an old pass only for what is left of it', async () => {
  const now = toSeconds(at.clock.wall());
  const [ahead, old] = [new Browser(at), new Browser(at)];
  expect(await enter(ahead, 'desk', { iat: now + 30, exp: now + 90 })).toBe(201);
  expect(await enter(old, 'desk', { iat: now - 40, exp: now + 20 })).toBe(201);
  s(20);
  expect(await answers(old)).toBe(401);
  s(40);
  expect(await answers(ahead)).toBe(401);
});

it('one that was left, was idle for half an hour or is twelve hours old is not taken up again', async () => {
  const desk = new Browser(at);
  await enter(desk);
  const left = copyOf(desk);
  await desk.ask('DELETE', '/desk/session');
  expect(await enter(left)).toBe(201);
  expect(tokenOf(left)).not.toBe(tokenOf(desk));

  const idle = new Browser(at);
  await enter(idle);
  const first = tokenOf(idle);
  s(30 * 60);
  await enter(idle);
  expect(tokenOf(idle)).not.toBe(first);

  const old = new Browser(at);
  await enter(old);
  const began = tokenOf(old);
  for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
    expect(tokenOf(old)).toBe(began);
    s(20 * 60);
    await enter(old);
  }
  expect(tokenOf(old)).not.toBe(began);
});
