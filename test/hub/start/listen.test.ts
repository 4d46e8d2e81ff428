import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  handshakeTimeout,
  type Listening,
  listen,
  patience,
} from '../../../src/node/http/listen.ts';
import { keepRenewed, readTls, type TlsPair } from '../../../src/node/http/tls.ts';
import { selfSigned } from '../../support/self-signed.ts';

let folder: string;
let files: { cert: string; key: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakou-tls-'));
  files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(pair: Partial<TlsPair>): void {
  for (const name of ['cert', 'key'] as const) {
    const content = pair[name];
    if (!content) continue;
    writeFileSync(`${files[name]}.new`, content);
    renameSync(`${files[name]}.new`, files[name]);
  }
}

const app = new Hono()
  .get('/', (context) => context.text('here'))
  .post('/', async (context) => context.text(`${(await context.req.text()).length}`))
  .onError((_, context) => context.text('broken off', 400));
const place = { host: '127.0.0.1', port: 0 } as const;

interface Seen {
  readonly status: number | undefined;
  readonly fingerprint: string;
  readonly localPort: number | undefined;
}

function get(port: number, agent: Agent): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, agent, servername: 'localhost' }, (answer) => {
      const socket = answer.socket as TLSSocket;
      const fingerprint = socket.getPeerCertificate().fingerprint256.replaceAll(':', '');
      const seen = { status: answer.statusCode, localPort: socket.localPort };
      answer
        .resume()
        .once('end', () => resolve({ ...seen, fingerprint: fingerprint.toLowerCase() }));
    });
    asked.once('error', reject).end();
  });
}

describe('https by the hub itself', () => {
  it('shows the certificate given, and a renewed one to new connections without ending the old', async () => {
    const [first, second] = [selfSigned(), selfSigned()];
    write(first);
    const hub = await listen(app, { ...place, tls: readTls(files) });
    const said: string[] = [];
    const log = { info: () => {}, warn: (line: string) => said.push(line), error: () => {} };
    const stop = keepRenewed(files, hub.renew, log as never, 20);
    const kept = new Agent({ ca: [first.cert], keepAlive: true, maxSockets: 1 });
    const before = await get(hub.port, kept);
    expect(before).toMatchObject({ status: 200, fingerprint: first.fingerprint });
    write({ cert: second.cert });
    await vi.waitFor(() => expect(said.join()).toContain('do not fit'), { timeout: 10_000 });
    expect(await get(hub.port, new Agent({ ca: [first.cert] }))).toMatchObject({ status: 200 });
    write({ key: second.key });
    const fresh = new Agent({ ca: [first.cert, second.cert], maxCachedSessions: 0 });
    await vi.waitFor(
      async () => expect((await get(hub.port, fresh)).fingerprint).toBe(second.fingerprint),
      { timeout: 10_000, interval: 50 },
    );
    expect(await get(hub.port, kept)).toEqual(before);
    stop();
    kept.destroy();
    await hub.close();
  });

  it('speaks no plain http on that port', async () => {
    const hub = await listen(app, { ...place, tls: selfSigned() });
    await expect(fetch(`http://127.0.0.1:${hub.port}/`)).rejects.toThrow();
    await hub.close();
  });

  it.each([
    ['no certificate file', { key: selfSigned().key }, 'cert.pem cannot be read'],
    ['no key file', { cert: selfSigned().cert }, 'key.pem cannot be read'],
    ['a key that is none', { ...selfSigned(), key: Buffer.from('x') }, 'holds no PEM private key'],
    [
      'a broken certificate',
      { ...selfSigned(), cert: Buffer.from('x') },
      'holds no PEM certificate',
    ],
    ['the key of another', { ...selfSigned(), key: selfSigned().key }, 'is not the key of'],
  ])('does not start with %s, and says so', (_, pair, said) => {
    write(pair);
    expect(() => readTls(files)).toThrow(said);
  });
});

describe('a hub under slow or oversized requests', () => {
  const short = { headersTimeout: 500, requestTimeout: 1500 };
  let hub: Listening;
  beforeEach(async () => {
    hub = await listen(app, { ...place, patience: short });
  });
  afterEach(() => hub.close());

  /** Everything the hub said until it hung up; `drip` is sent again and again. */
  function hold(first: string, drip: string): Promise<string> {
    return new Promise((resolve) => {
      let said = '';
      const socket = connect(hub.port, '127.0.0.1', () => socket.write(first));
      const timer = setInterval(() => drip && socket.write(drip), 100);
      socket.on('data', (chunk) => {
        said += chunk;
      });
      socket.on('error', () => undefined);
      socket.once('close', () => {
        clearInterval(timer);
        resolve(said);
      });
    });
  }

  it.each([
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: h\r\n', 'X-Drip: 1\r\n'],
    ['a connection that says nothing', '', ''],
    ['a body that drips', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9999\r\n\r\n', 'x'],
  ])('hangs up on %s, and serves others meanwhile', async (_, first, drip) => {
    const startedAt = performance.now();
    const held = Array.from({ length: 50 }, () => hold(first, drip));
    expect(await (await fetch(`http://127.0.0.1:${hub.port}/`)).text()).toBe('here');
    for (const said of await Promise.all(held)) expect(said).not.toContain(' 200 ');
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  it('holds no more connections than it may: a new one takes the place of the stalest', async () => {
    const few = await listen(app, { ...place, maxConnections: 3 });
    const idle = Array.from({ length: 3 }, () => connect(few.port, '127.0.0.1'));
    const closed = idle.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    await Promise.all(idle.map((socket) => new Promise((ready) => socket.once('connect', ready))));
    await vi.waitFor(async () =>
      expect(await (await fetch(`http://127.0.0.1:${few.port}/`)).text()).toBe('here'),
    );
    await Promise.race(closed);
    expect(idle.filter(({ destroyed }) => !destroyed).length).toBe(2);
    for (const socket of idle) socket.destroy();
    await few.close();
  });

  it('answers a health check in HTTP/1.0 that names no host', async () => {
    expect(await hold('GET / HTTP/1.0\r\n\r\n', '')).toMatch(/^HTTP\/1\.1 200 .*here$/s);
  });

  it('refuses headers of more than 8 KB with 431', async () => {
    const said = await hold(`GET / HTTP/1.1\r\nHost: h\r\nX-Big: ${'x'.repeat(9000)}\r\n\r\n`, '');
    expect(said).toContain(' 431 ');
  });

  it('has times a phone on a bad line can keep, and a proxy’s idle connections outlive none of ours', () => {
    expect(patience).toEqual({ headersTimeout: 30_000, requestTimeout: 300_000 });
    expect(handshakeTimeout).toBe(30_000);
  });
});

it('answers what was asked before it closes, and keeps no idle client waiting', async () => {
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let asked = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const slow = new Hono().get('/', async (context) => {
    asked();
    await held;
    return context.text('late');
  });
  const hub = await listen(slow, place);
  const answered = fetch(`http://127.0.0.1:${hub.port}/`);
  await arrived;
  const closing = hub.close();
  await expect(fetch(`http://127.0.0.1:${hub.port}/`)).rejects.toThrow();
  answer();
  expect(await (await answered).text()).toBe('late');
  const startedAt = performance.now();
  await closing;
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
