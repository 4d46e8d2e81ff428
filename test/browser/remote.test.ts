import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRemote } from '../../src/browser/remote/remote.ts';
import { retryAfterS } from '../../src/browser/remote/retry-after.ts';
import type { Remote } from '../../src/ports/remote.ts';

const now = Date.UTC(2026, 5, 1, 8);
const date = 'Mon, 01 Jun 2026 08:00:00 GMT';

describe('a hub that asks to be left alone', () => {
  it.each([
    ['120', {}, 120],
    ['0', {}, 0],
    [' 7 ', {}, 7],
    ['86400', {}, 300],
    ['99999999999999999999', {}, 300],
    ['Mon, 01 Jun 2026 08:01:30 GMT', {}, 90],
    ['Mon, 01 Jun 2026 09:00:00 GMT', {}, 300],
    ['Mon, 01 Jun 2026 07:00:00 GMT', {}, 0],
    ['Tue, 02 Jun 2026 08:00:10 GMT', { date: 'Tue, 02 Jun 2026 08:00:00 GMT' }, 10],
    ['-5', {}, undefined],
    ['soon', {}, undefined],
    ['1.5e3', { date }, undefined],
    ['', {}, undefined],
  ])('by "%s" is left alone for as long, 5 minutes at most', (text, others, waitS) => {
    expect(retryAfterS(new Headers({ 'retry-after': text, ...others }), now)).toBe(waitS);
  });

  it('by no word at all asks for nothing', () => {
    expect(retryAfterS(new Headers({ date }), now)).toBeUndefined();
  });
});

describe('the way to the hub', () => {
  let server: Server;
  let remote: Remote;
  let respond: RequestListener;
  beforeAll(async () => {
    server = createServer((request, response) => respond(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    remote = createRemote(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => server.close());

  it.each([429, 503])('passes on what a %i asks for', async (status) => {
    respond = (_, response) => response.writeHead(status, { 'retry-after': '42' }).end('{}');
    const expected = { kind: 'answer', status, retryAfterS: 42 };
    expect(await remote.get('/v1/bundle')).toMatchObject(expected);
    expect(await remote.post('/v1/scans', 'x')).toMatchObject(expected);
  });

  const hangUp = async () => {
    server.closeAllConnections();
    await new Promise((done) => setTimeout(done, 50)); // the other side notices
  };
  const quick = () => createRemote(remote.origin, 1000);
  const every = async (ms: number, times: number, act: () => void) => {
    for (let i = 0; i < times; i++) {
      await new Promise((done) => setTimeout(done, ms));
      act();
    }
  };

  it('waits for an answer as long as it keeps coming, however long that is', async () => {
    respond = async (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      await every(150, 10, () => response.write('0123456789'));
      response.end();
    };
    const got = await quick().get('/v1/lists/x');
    expect(got).toMatchObject({ kind: 'answer', status: 200 });
  });

  it('gives a line up that is silent, and keeps what came', async () => {
    respond = (_, response) => {
      response.writeHead(200, { 'content-length': 100, etag: 'W/"a"' });
      response.write('0123456789');
    };
    const began = performance.now();
    const got = await quick().get('/v1/lists/x');
    expect(got).toEqual({
      kind: 'offline',
      silent: true,
      part: { from: 0, etag: 'W/"a"', body: new TextEncoder().encode('0123456789') },
    });
    expect(performance.now() - began).toBeLessThan(5000);
    await hangUp();
  });

  it('gives an upload up that nobody answers', async () => {
    respond = () => undefined;
    expect(await quick().post('/v1/scans', 'x')).toEqual({ kind: 'offline', silent: true });
    await hangUp();
  });

  it('a line that is cut is not a silent one, and what came is kept', async () => {
    respond = async (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('01234');
      await every(30, 1, () => response.destroy());
    };
    const got = await remote.get('/v1/lists/x');
    expect(got).toMatchObject({ kind: 'offline', part: { from: 0 } });
    expect(got).not.toHaveProperty('silent');
  });

  it('keeps nothing of a broken answer that is no file', async () => {
    respond = async (_, response) => {
      response.writeHead(503, { 'content-length': 100 });
      response.write('01234');
      await every(30, 1, () => response.destroy());
    };
    expect(await remote.get('/v1/lists/x')).toEqual({ kind: 'offline' });
  });

  it('asks for the rest of a file, by the strong form of its etag, and says where it begins', async () => {
    let asked: unknown;
    respond = ({ headers }, response) => {
      asked = [headers.range, headers['if-range'], headers['if-none-match']];
      response.writeHead(206, { 'content-range': 'bytes 10-19/20', etag: '"a"' }).end('0123456789');
    };
    const got = await remote.get('/v1/lists/x', {
      etag: '"b"',
      after: { bytes: 10, etag: 'W/"a"' },
    });
    expect(asked).toEqual(['bytes=10-', '"a"', undefined]);
    expect(got).toMatchObject({ kind: 'answer', status: 206, from: 10 });
  });

  it('takes no more than the cap, whatever comes, and keeps nothing of it', async () => {
    respond = (_, response) => response.writeHead(200).end('x'.repeat(5000));
    expect(await remote.get('/v1/lists/x', { maxBytes: 100 })).toEqual({ kind: 'offline' });
  });

  it.each([302, 307, 308])(
    'does not follow a %i to a login page, and tells it from a dead line',
    async (status) => {
      let asked = 0;
      respond = (_, response) => {
        asked += 1;
        response.writeHead(status, { location: '/login' }).end('<html>');
      };
      const expected = { kind: 'offline', elsewhere: true };
      expect(await remote.get('/v1/bundle')).toEqual(expected);
      expect(await remote.post('/v1/scans', 'x')).toEqual(expected);
      expect(asked).toBe(2);
    },
  );

  it('asks for nothing where the hub does not', async () => {
    respond = (_, response) => response.writeHead(200).end('{}');
    expect(await remote.get('/v1/bundle')).not.toHaveProperty('retryAfterS');
  });
});
