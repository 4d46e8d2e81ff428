import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Remote } from '../../src/app/remote-port.ts';
import { createRemote } from '../../src/device/remote.ts';
import { retryAfterS } from '../../src/device/retry-after.ts';

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

  it('asks for nothing where the hub does not', async () => {
    respond = (_, response) => response.writeHead(200).end('{}');
    expect(await remote.get('/v1/bundle')).not.toHaveProperty('retryAfterS');
  });
});
