import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtHub, prepareData, shortLived } from '../../support/built-hub.ts';
import { type HubProgram, listening, startProgram } from '../../support/hub-program.ts';
import { someEntries, testKey } from '../../support/log-entries.ts';
import { batchOf, enrolToken } from '../../support/test-hub.ts';

const program = [...shortLived, await builtHub()];
const data = mkdtempSync(join(tmpdir(), 'kakou-remote-'));
const socketPath = join(data, 'hub.sock');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command in a process of its own, as its operator types it. */
function operate(args: readonly string[], timeZone = 'UTC'): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: '', TZ: timeZone };
  const child = spawn(process.execPath, [...program, ...args, '--data', data], { env });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.err += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

/** What the hub says on its socket to something that is no command line of ours. */
function talk(bytes: string | Buffer, ends = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let said = '';
    socket.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    socket.on('error', () => resolve(said));
    socket.once('close', () => resolve(said));
    socket.write(bytes, () => {
      if (ends) socket.end();
    });
  });
}

let hub: HubProgram;
let base: string;

async function start(): Promise<void> {
  hub = startProgram(['--demo', '--no-app', '--port', '0', '--data', data]);
  base = `http://localhost:${await listening(hub)}`;
}

/** A phone at the demo gate that has sent its first entries. */
async function sendEntries(count: number): Promise<string> {
  const made = await fetch(`${base}/demo/enrolment-code`, { method: 'POST' });
  const { code } = (await made.json()) as { code: string };
  const key = await testKey();
  const body = await enrolToken(code, key);
  const enrolled = await fetch(`${base}/v1/devices`, { method: 'POST', body });
  const { device } = (await enrolled.json()) as { device: string };
  const batch = await batchOf({ id: device, key }, await someEntries(count, device));
  expect((await fetch(`${base}/v1/scans`, { method: 'POST', body: batch })).status).toBe(200);
  return device;
}

beforeAll(async () => {
  await prepareData(data);
  await start();
});
afterAll(async () => {
  hub?.child.kill('SIGKILL');
  await hub?.ended;
  rmSync(data, { recursive: true, force: true });
});

describe('a command beside the hub that holds the embedded database', () => {
  let device: string;
  beforeAll(async () => {
    device = await sendEntries(40);
  });

  it('is done by the hub, by a socket that is the hub’s user’s alone', async () => {
    expect(statSync(socketPath).mode & 0o777).toBe(0o600);
    const { code, out, err } = await operate(['devices', '--json']);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out).devices).toMatchObject([{ id: device }]);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  it('makes the first account, whose link is good at the running hub', async () => {
    const invite = [
      'operators',
      'invite',
      '王芳',
      '--role',
      'admin',
      '--area',
      'all',
      '--url',
      base,
    ];
    const { code, out } = await operate(invite);
    expect(code).toBe(0);
    const token = /#invite=([\w-]{43})/.exec(out)?.[1];
    const headers = { 'sec-fetch-site': 'same-origin' };
    const body = JSON.stringify({ token });
    const looked = await fetch(`${base}/console/api/invitation`, { method: 'POST', headers, body });
    expect(await looked.json()).toMatchObject({ name: '王芳', role: 'admin' });
  });

  it('says mistakes as ever, with their exit codes', async () => {
    expect(await operate(['revoke', 'nobody'])).toMatchObject({ code: 1, out: '' });
    const usage = await operate(['revoke']);
    expect([usage.code, usage.err]).toEqual([64, expect.stringContaining('say which DEVICE')]);
    const json = await operate(['revoke', 'nobody', '--json']);
    expect(JSON.parse(json.out)).toEqual({ error: 'refused' });
  });

  it('reads the files it names where it was typed, not where the hub is', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kakou-gates-')), 'gates.csv');
    writeFileSync(file, 'gate,name,venue\nn-1,一号门,mall\nn-2,二号门,mall\n');
    const made = await operate(['enrol', '--gates', file, '--url', base, '--json']);
    expect(JSON.parse(made.out).codes).toHaveLength(2);
    rmSync(file);
    const gone = await operate(['enrol', '--gates', file, '--url', base]);
    expect([gone.code, gone.err]).toEqual([64, expect.stringContaining('cannot be read')]);
  });

  it('tells times by the clock of who asks', async () => {
    const shanghai = await operate(['devices'], 'Asia/Shanghai');
    const newYork = await operate(['devices'], 'America/St_Johns');
    expect(shanghai.out).toMatch(/enrolled \d{4}-\d\d-\d\d \d\d:\d\d \+08:00/);
    expect(newYork.out).toMatch(/enrolled \d{4}-\d\d-\d\d \d\d:\d\d -0[23]:30/);
  });

  it('takes entries out as a table and as lines of JSON, by gate and verdict', async () => {
    const table = await operate(['export', '--device', device]);
    const lines = table.out.trimEnd().split('\r\n');
    expect(lines).toHaveLength(41);
    expect(lines[0]).toMatch(/^\uFEFFdevice,seq,at,received,trusted,flag,gate/);
    const scans = await operate(['export', '--verdict', 'pass', '--json']);
    const rows = scans.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.length).toBeGreaterThan(0);
    for (const { entry } of rows) expect(entry).toMatchObject({ type: 'scan', state: 'pass' });
    const none = await operate(['export', '--gate', 'no-such', '--json']);
    expect([none.code, none.out]).toEqual([0, '']);
  });

  it('is done beside others at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => operate(['gates', '--json'])));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ['no JSON', 'hello\n'],
    ['another version’s words', '{"v":2,"args":["devices"]}\n'],
    ['a command there is not', '{"v":1,"args":["rm"],"files":{},"zone":"UTC"}\n'],
    ['a zone there is not', '{"v":1,"args":["nothing"],"files":{},"zone":"Mars"}\n'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x0a])],
  ])('is refused when it says %s, and the hub goes on', async (_, bytes) => {
    const replies = (await talk(bytes))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(replies.at(-1)).toEqual({ exit: 64 });
    expect((await operate(['gates', '--json'])).code).toBe(0);
  });

  it('that comes by half, or is longer than any, is nothing, and the hub goes on', async () => {
    await talk('{"v":1,"args":["dev', true);
    await talk(Buffer.alloc(17 * 1024 * 1024, 0x61));
    expect((await operate(['gates', '--json'])).code).toBe(0);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  it('ends with who asked: a watch that nobody looks at any longer is over', async () => {
    const watch = [
      'enrol',
      '--gate',
      'w',
      '--name',
      'W',
      '--venue',
      'mall',
      '--url',
      base,
      '--watch',
    ];
    const env = { ...process.env, DATABASE_URL: '' };
    const child = spawn(process.execPath, [...program, ...watch, '--data', data], { env });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect((await operate(['gates', '--json'])).code).toBe(0);
  });

  it('says that the hub is gone when it is killed meanwhile, and the next is done without one', async () => {
    const watch = [
      'enrol',
      '--gate',
      'w',
      '--name',
      'W',
      '--venue',
      'mall',
      '--url',
      base,
      '--watch',
    ];
    const env = { ...process.env, DATABASE_URL: '' };
    const child = spawn(process.execPath, [...program, ...watch, '--data', data], { env });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    hub.child.kill('SIGKILL');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, err]).toEqual([69, expect.stringContaining('the hub stopped')]);
    // its socket is still there, and nobody listens
    expect(JSON.parse((await operate(['devices', '--json'])).out).devices).toHaveLength(1);
  });

  it('is done by the next hub, which takes the old socket’s place', async () => {
    await start();
    expect((await operate(['devices', '--json'])).code).toBe(0);
    hub.child.kill('SIGTERM');
    expect(await hub.ended).toBe(0);
  });
});
