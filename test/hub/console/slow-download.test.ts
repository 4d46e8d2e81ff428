import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sql } from '../../../src/node/database.ts';
import { listen } from '../../../src/node/http/listen.ts';
import { goodPassword, invited } from '../../support/console-client.ts';
import { openEmbedded } from '../../support/embedded.ts';
import { enrolled, type TestHub, testHub } from '../../support/test-hub.ts';

/** Four pages of a thousand entries, 20 MB each: more than any socket holds on its way. */
const pages = 4;
const entryBytes = 20_000;

describe('an export that somebody takes slowly', () => {
  let hub: TestHub;
  let cookie = '';
  let read = 0;
  let server: Awaited<ReturnType<typeof listen>>;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    const sql = await openEmbedded();
    const counting: Sql = {
      ...sql,
      query(text, params) {
        if (/ from scans where .* order by seq limit /s.test(text)) read++;
        return sql.query(text, params);
      },
    };
    hub = await testHub(counting);
    const device = await enrolled(hub);
    await sql.query(
      `insert into scans (device, trusted, received_at, seq, at, shift, gate, type, prev, hash, entry, counted)
       select $1, true, 1, n, n, '', 'demo-gate', 'scan', 'p', 'h', '"' || repeat('x', ${entryBytes}) || '"', true
       from generate_series(1, ${pages * 1000}) n`,
      [device.id],
    );
    server = await listen(hub.app, { host: '127.0.0.1', port: 0 });
    const joined = await fetch(`http://127.0.0.1:${server.port}/console/api/invitation/take`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      body: JSON.stringify({ token: await invited(hub, 'admin'), password: goodPassword }),
    });
    cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
    await hub.sql.close();
  });

  /** Asks for all of it, and takes no byte more than those of the first look. */
  async function begin(): Promise<Socket> {
    const socket = connect(server.port, '127.0.0.1');
    sockets.push(socket);
    const query = new URLSearchParams({ format: 'json', language: 'en', zone: 'UTC' });
    socket.write(
      [
        `GET /console/api/entries/export?${query} HTTP/1.1`,
        `Host: 127.0.0.1:${server.port}`,
        'Sec-Fetch-Site: same-origin',
        `Cookie: ${cookie}`,
        '\r\n',
      ].join('\r\n'),
    );
    const [first] = await new Promise<Buffer[]>((done) =>
      socket.once('data', (bytes: Buffer) => done([bytes])),
    );
    socket.pause();
    expect(first?.toString('latin1')).toMatch(/^HTTP\/1.1 200/);
    return socket;
  }

  /** The hub has had time to do what it would do: it answered others so often. */
  async function meanwhile(times: number): Promise<void> {
    for (let i = 0; i < times; i++)
      await (await fetch(`http://127.0.0.1:${server.port}/nothing`)).text();
  }

  it('is read from the database no faster than it is taken, and to its end by who takes it', async () => {
    read = 0;
    const socket = await begin();
    await expect.poll(() => read).toBeGreaterThan(0);
    await meanwhile(100);
    expect(read).toBeLessThanOrEqual(2);
    let bytes = 0;
    let tail = '';
    socket.on('data', (some: Buffer) => {
      bytes += some.length;
      tail = (tail + some.toString('latin1')).slice(-2000);
    });
    socket.resume();
    await expect.poll(() => tail.includes('"signed":'), { timeout: 60_000 }).toBe(true);
    expect(bytes).toBeGreaterThan(pages * 1000 * entryBytes);
    expect(read).toBeGreaterThanOrEqual(pages);
  });

  it('is let go of when its connection breaks off', async () => {
    for (let i = 0; i < 6; i++) {
      const socket = await begin(); // of four places: each was given back
      socket.destroy();
      await meanwhile(5);
    }
    const before = read;
    await meanwhile(50);
    expect(read).toBe(before);
  });
});
