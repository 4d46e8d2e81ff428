import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Listening, listen } from '../../src/node/http/listen.ts';
import { openEmbedded } from '../support/embedded.ts';
import { someEntries } from '../support/log-entries.ts';
import {
  batchOf,
  enrolled,
  post,
  type TestDevice,
  type TestHub,
  testHub,
} from '../support/test-hub.ts';

vi.setConfig({ testTimeout: 60_000 });
const unauthorised = { burst: 5, perSecond: 0.1 };
const nobody = 'AAAAAAAAAAAAAAAAAAAAAA';

/** A few KB on the wire, 2 MB unpacked, which `kid` has not signed. */
function hostile(kid: string, payload = '{"entries":[1'.padEnd(1_400_000, ',1')): Buffer {
  const header = JSON.stringify({ alg: 'ES256', kid, typ: 'kakou-batch+jwt' });
  const parts = [header, payload].map((part) => Buffer.from(part).toString('base64url'));
  return gzipSync(`${parts.join('.')}.${'A'.repeat(86)}`, { level: 9 });
}

/** How often the database was asked for that name; late look-ups of an earlier test may still run. */
const asked = (query: { readonly mock: { calls: readonly unknown[][] } }, name: string): number =>
  query.mock.calls.filter(([, params]) =>
    JSON.stringify(params ?? []).includes(JSON.stringify(name)),
  ).length;

describe('a hub under hostile requests', () => {
  let hub: TestHub;
  let place: Listening;
  let device: TestDevice;
  beforeAll(async () => {
    const sql = await openEmbedded();
    hub = await testHub(sql, { rates: { unauthorised } });
    place = await listen(hub.app, { host: '127.0.0.1', port: 0 });
    device = await enrolled(hub);
  });
  afterAll(async () => {
    await place.close();
    await hub.sql.close();
  });

  const send = (body: string | Buffer, headers: HeadersInit = { 'content-encoding': 'gzip' }) =>
    fetch(`http://127.0.0.1:${place.port}/v1/scans`, {
      method: 'POST',
      body: typeof body === 'string' ? body : Uint8Array.from(body),
      headers,
    });
  const honest = async (n: number) => {
    const batch = gzipSync(await batchOf(device, await someEntries(n, device.id)));
    return (await send(batch)).status;
  };

  it('takes uploads in while 1,000 packed bodies never end, and keeps but their few bytes', async () => {
    const bytes = hostile(device.id).subarray(0, 2000);
    const open = (): Promise<Socket> =>
      new Promise((resolve) => {
        const socket = connect(place.port, '127.0.0.1', () => resolve(socket));
        socket.on('error', () => undefined);
        socket.write('POST /v1/scans HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\n');
        socket.write('Content-Length: 60000\r\n\r\n');
        socket.write(bytes);
      });
    const before = process.memoryUsage().rss;
    const slow = await Promise.all(Array.from({ length: 1000 }, open));
    for (let i = 1; i <= 20; i++) expect(await honest(i)).toBe(200);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    for (const socket of slow) socket.destroy();
  });

  it('unpacks and looks up nothing more for an address that has sent too many in nobody’s name', async () => {
    const seen: number[] = [];
    const query = vi.spyOn(hub.sql, 'query');
    for (let i = 0; i < 10; i++) seen.push((await send(hostile(nobody))).status);
    expect(seen).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429]);
    expect(asked(query, nobody)).toBe(5);
    query.mockRestore();
    expect(await honest(3)).toBe(200);
  });

  it('parses nothing that the device it names has not signed, and such forgeries cost that device nothing but its large batches', async () => {
    const malformed = hostile(device.id, 'no JSON at all');
    for (let i = 0; i < 6; i++) expect((await send(malformed)).status).toBe(401);
    const [large, small] = [await send(hostile(device.id)), await honest(5)];
    expect([large.status, small]).toEqual([413, 200]);
  });

  it.each([
    ['has no header', 'x'],
    ['is one long first part', 'x'.repeat(5000)],
    ['is of another kind', hostileKind()],
  ])('ends with 400 what %s', async (_, body) => {
    expect((await send(body, {})).status).toBe(400);
  });

  it.each(['x', `${'A'.repeat(21)}B`, 'x\u0000y'])(
    'asks the database nothing about a name that is none (%j)',
    async (kid) => {
      const query = vi.spyOn(hub.sql, 'query');
      expect((await post(hub, '/v1/scans', Uint8Array.from(hostile(kid)), gzipped)).status).toBe(
        401,
      );
      expect(asked(query, kid)).toBe(0);
      query.mockRestore();
    },
  );
});

const gzipped = { 'content-encoding': 'gzip' };
function hostileKind(): string {
  const header = JSON.stringify({ alg: 'ES256', kid: nobody, typ: 'kp+jwt' });
  return `${Buffer.from(header).toString('base64url')}.e30.${'A'.repeat(86)}`;
}
