import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareData } from '../support/built-hub.ts';
import { ceremony } from '../support/ceremony.ts';
import { listening, startProgram } from '../support/hub-program.ts';
import { testKey } from '../support/log-entries.ts';
import { selfSigned } from '../support/self-signed.ts';
import { enrolToken } from '../support/test-hub.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-hub-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Files and folders that others than their owner may read or write. */
const openToOthers = (place: string): string[] =>
  ['.', ...readdirSync(place, { recursive: true, encoding: 'utf8' })].filter(
    (name) => (lstatSync(join(place, name)).mode & 0o077) !== 0,
  );

const start = (...args: string[]) => startProgram(args);

/** Data of an earlier hub that nobody has used. */
async function prepared(name: string): Promise<string[]> {
  await prepareData(join(folder, name));
  return ['--data', join(folder, name)];
}

describe('the hub as a program', { timeout: 60_000 }, () => {
  it('serves, keeps its data through a stop, a kill and a second start, and keeps a rival out', async () => {
    const args = ['--port', '0', '--data', join(folder, 'data'), '--no-app'];
    const first = start(...args);
    const port = await listening(first);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await health.json()).toEqual({ status: 'ok', database: 'pglite' });
    expect(lstatSync(join(folder, 'data', 'pg')).mode & 0o777).toBe(0o700);
    const rival = start(...args);
    expect(await rival.ended).toBe(1);
    expect(rival.said()).toMatch(/^kakou hub: another hub is using [^\n]+\n$/);
    const operator = start('devices', '--data', join(folder, 'data'));
    expect(await operator.ended).toBe(0); // the running hub does it
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(openToOthers(join(folder, 'data'))).toEqual([]);

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
    const run = start(...place, ...keys, ...(await prepared('real')));
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

  it('serves https by itself, and a renewed certificate on SIGHUP', async () => {
    const pairs = [selfSigned(), selfSigned()] as const;
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const write = (pair: (typeof pairs)[number]) => {
      writeFileSync(cert, pair.cert);
      writeFileSync(key, pair.key);
    };
    write(pairs[0]);
    const tls = ['--tls-cert', cert, '--tls-key', key];
    const run = start('--no-app', '--port', '0', ...(await prepared('tls')), ...tls);
    const port = await listening(run);
    expect(run.said()).toContain(`https://localhost:${port}/`);
    const shown = () =>
      new Promise<string>((resolve, reject) => {
        const ca = pairs.map((pair) => pair.cert);
        request({ port, path: '/healthz', ca, servername: 'localhost', agent: false }, (answer) => {
          const { fingerprint256 } = (answer.socket as TLSSocket).getPeerCertificate();
          answer.resume();
          resolve(fingerprint256.replaceAll(':', '').toLowerCase());
        })
          .once('error', reject)
          .end();
      });
    expect(await shown()).toBe(pairs[0].fingerprint);
    write(pairs[1]);
    run.child.kill('SIGHUP');
    await vi.waitFor(async () => expect(await shown()).toBe(pairs[1].fingerprint), 5000);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    const halves = start(...tls.slice(0, 2));
    expect(await halves.ended).toBe(64);
    expect(halves.said()).toBe('kakou hub: --tls-cert and --tls-key go together; see --help\n');
  });

  it('says in one line that the port is in use', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      }),
    );
    const run = start('--port', String(port), ...(await prepared('busy')), '--no-app');
    expect(await run.ended).toBe(1);
    expect(run.said()).toBe(`kakou hub: port ${port} is in use; choose another with --port\n`);
    server.close();
  });

  it('says in one line what is wrong with an argument', async () => {
    const run = start('--prot', '1');
    expect(await run.ended).toBe(64);
    expect(run.said()).toBe('kakou hub: there is no option --prot; see --help\n');
  });

  it('says in one line that the data folder cannot be used', async () => {
    const run = start('--no-app', '--data', join(process.cwd(), 'package.json', 'data'));
    expect(await run.ended).toBe(1);
    expect(run.said()).toMatch(/^kakou hub: cannot open the data folder [^\n]+\(ENOTDIR\)\n$/);
  });
});
