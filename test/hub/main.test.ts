import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ceremony } from '../support/ceremony.ts';
import { testKey } from '../support/log-entries.ts';
import { enrolToken } from '../support/test-hub.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-hub-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

function start(...args: string[]): Run {
  const command = ['--import', 'tsx', 'src/hub/main.ts', ...args];
  const env = { ...process.env, DATABASE_URL: '' };
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said: () => text, ended };
}

/** The port the hub says it listens on. */
async function listening(run: Run): Promise<number> {
  for (;;) {
    const port = /localhost:(\d+)/.exec(run.said())?.[1];
    if (port) return Number(port);
    if (run.child.exitCode !== null) throw new Error(run.said());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the hub as a program', { timeout: 60_000 }, () => {
  it('serves, keeps its data through a stop, a kill and a second start, and keeps a rival out', async () => {
    const args = ['--port', '0', '--data', join(folder, 'data'), '--no-app'];
    const first = start(...args);
    const port = await listening(first);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await health.json()).toEqual({ status: 'ok', database: 'pglite' });
    const rival = start(...args);
    expect(await rival.ended).toBe(1);
    expect(rival.said()).toMatch(/^kakou hub: another hub is using [^\n]+\n$/);
    const operator = start('devices', '--data', join(folder, 'data'));
    expect(await operator.ended).toBe(1);
    expect(operator.said()).toContain('one process at a time, so stop that one first');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = start(...args);
    const { code } = (await (
      await fetch(`http://127.0.0.1:${await listening(second)}/demo/enrolment-code`, {
        method: 'POST',
      })
    ).json()) as { code: string };
    second.child.kill('SIGKILL');
    await second.ended;

    const third = start(...args);
    const enrolled = await fetch(`http://127.0.0.1:${await listening(third)}/v1/devices`, {
      method: 'POST',
      body: await enrolToken(code, await testKey()),
    });
    expect(enrolled.status).toBe(201);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
  });

  it('serves a real authority from its folder, with no demo about it', async () => {
    const authority = await ceremony(Math.floor(Date.now() / 1000));
    for (const line of ['init --issuers CN-TJ', 'publish-list --issuer CN-TJ', 'publish'])
      await authority.done(line);
    const place = ['--trust', join(authority.dir, 'public'), '--no-app', '--port', '0'];
    const keys = ['--hub-keys', join(authority.dir, 'private', 'hub.json')];
    const run = start(...place, ...keys, '--data', join(folder, 'real'));
    const url = `http://127.0.0.1:${await listening(run)}`;
    expect(run.said()).not.toContain('DEMO');
    const bundle = await fetch(`${url}/v1/bundle`);
    const published = (await authority.published()).bundle;
    expect(new Uint8Array(await bundle.arrayBuffer())).toEqual(published);
    expect((await fetch(`${url}/v1/root/2`)).status).toBe(404);
    expect((await fetch(`${url}/demo/enrolment-code`, { method: 'POST' })).status).toBe(404);
    const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
    const time = await fetch(`${url}/v1/time`, { method: 'POST', body: JSON.stringify({ nonce }) });
    expect(time.status).toBe(200);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    await authority.close();
  });

  it('says in one line that the port is in use', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      }),
    );
    const run = start('--port', String(port), '--data', join(folder, 'busy'), '--no-app');
    expect(await run.ended).toBe(1);
    expect(run.said()).toBe(`kakou hub: port ${port} is in use; choose another with --port\n`);
    server.close();
  });

  it('says in one line what is wrong with an argument', async () => {
    const run = start('--prot', '1');
    expect(await run.ended).toBe(64);
    expect(run.said()).toBe("kakou hub: Unknown option '--prot'; see --help\n");
  });

  it('says in one line that the data folder cannot be used', async () => {
    const run = start('--no-app', '--data', join(process.cwd(), 'package.json', 'data'));
    expect(await run.ended).toBe(1);
    expect(run.said()).toMatch(/^kakou hub: cannot open the data folder [^\n]+\(ENOTDIR\)\n$/);
  });
});
