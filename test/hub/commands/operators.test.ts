import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleClient, goodPassword } from '../../support/console-client.ts';
import { databases } from '../../support/databases.ts';
import { answerOf, runCommand } from '../../support/run-command.ts';
import { type TestHub, testHub } from '../../support/test-hub.ts';

const url = ['--url', 'https://hub.example'];

describe.each(databases)('operators on $name', ({ open }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub(await open());
  });
  afterAll(() => hub.sql.close());

  const operate = (...args: string[]) => runCommand(hub, 'operators', args);
  const tokenIn = (text: string) => /#invite=([\w-]{43})/.exec(text)?.[1] ?? '';
  const invite = (name: string, ...rest: string[]) =>
    operate('invite', name, '--role', 'admin', '--area', 'all', ...url, ...rest);

  it('says what to do first', async () => {
    expect(await operate('list')).toBe('there is no account yet: operators invite');
  });

  it('invites the first account by a link and a QR, and lists it', async () => {
    const printed = await invite('王芳');
    expect(printed).toMatch(/[▀▄█]{10}/);
    expect(printed).toContain('https://hub.example/console/#invite=');
    expect(await operate('list')).toMatch(/^王芳 {2}admin {2}all {2}invited, until /);
    const client = new ConsoleClient(hub);
    const take = { token: tokenIn(printed), password: goodPassword };
    expect((await client.post('/invitation/take', take)).status).toBe(201);
    expect(await operate('list')).toBe('王芳  admin  all  password');
  });

  it('invites nobody twice under one name', async () => {
    await expect(invite('王芳')).rejects.toThrow(/operators reset/);
  });

  it('gives a new link to who lost the password: the old one and its sessions end when it is used', async () => {
    const desk = new ConsoleClient(hub);
    await desk.signIn('王芳');
    const token = tokenIn(await operate('reset', '王芳', ...url));
    expect((await desk.get('/session')).status).toBe(200);
    const password = 'another gate, in the sun';
    const fresh = new ConsoleClient(hub);
    expect((await fresh.post('/invitation/take', { token, password })).status).toBe(201);
    expect((await desk.get('/session')).status).toBe(401);
    expect((await new ConsoleClient(hub).signIn('王芳')).status).toBe(401);
    expect((await new ConsoleClient(hub).signIn('王芳', password)).status).toBe(201);
  });

  it('switches an account off and on again, whoever is signed in being out', async () => {
    const desk = new ConsoleClient(hub);
    await desk.signIn('王芳', 'another gate, in the sun');
    expect(await operate('disable', '王芳')).toBe('disabled');
    expect((await desk.get('/session')).status).toBe(401);
    expect(await operate('list')).toMatch(/DISABLED/);
    expect(await operate('enable', '王芳')).toBe('enabled');
    expect((await desk.get('/session')).status).toBe(401);
    expect((await desk.signIn('王芳', 'another gate, in the sun')).status).toBe(201);
  });

  it('tells programs the same as people', async () => {
    const { facts } = await answerOf(hub, 'operators', ['list', '--json']);
    expect(facts).toMatchObject({ operators: [{ name: '王芳', role: 'admin', areas: 'all' }] });
    expect(JSON.stringify(facts)).not.toContain('scrypt');
  });

  it.each([
    [['invite', 'x', '--area', 'all', ...url], /--role is one of/],
    [['invite', 'x', '--role', 'admin', ...url], /--area says where/],
    [
      ['invite', 'x', '--role', 'admin', '--area', 'all', '--area', 'site:a', ...url],
      /stands alone/,
    ],
    [['invite', 'x', '--role', 'admin', '--area', 'gate:a', ...url], /--area is all, site:ID/],
    [['invite', 'x', '--role', 'admin', '--area', 'all'], /--url is needed/],
    [['invite', ' x', '--role', 'admin', '--area', 'all', ...url], /NAME is 1 to 64/],
    [['invite', '--role', 'admin', '--area', 'all', ...url], /say which NAME/],
    [['forget', 'x'], /operators list, invite/],
  ])('refuses %j', async (args, message) => {
    await expect(async () => answerOf(hub, 'operators', args)).rejects.toThrow(message);
  });

  it.each(['reset', 'disable', 'enable'])('%s knows no account that there is not', async (what) => {
    await expect(operate(what, 'nobody', ...(what === 'reset' ? url : []))).rejects.toThrow(
      /no such account/,
    );
  });
});
