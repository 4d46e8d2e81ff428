import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuingRoutes } from '../../../src/hub/issuing/forward.ts';
import { listen } from '../../../src/node/http/listen.ts';

/** What came to the issuing side, last. */
let heard: IncomingMessage | undefined;
let body = '';
let side: Server;
let sidePort: number | undefined;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  side = createServer((request, response) => {
    heard = request;
    body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      response.writeHead(303, [
        ...['location', '/citizen/', 'set-cookie', 'a=1; Path=/authority'],
        ...['set-cookie', 'b=2; Path=/authority', 'connection', 'x-inner', 'x-inner', 'secret'],
        ...['content-security-policy', "default-src 'none'"],
      ]);
      response.end('gone');
    });
  });
  await new Promise<void>((resolve) => side.listen(0, '127.0.0.1', resolve));
  const address = side.address();
  const own = typeof address === 'object' ? address?.port : undefined;
  sidePort = own;
  const listening = await listen(issuingRoutes({ port: () => sidePort }, false), {
    ...{ host: '127.0.0.1', port: 0 },
  });
  url = `http://localhost:${listening.port}`;
  close = listening.close;
});
beforeEach(() => {
  heard = undefined;
});
afterAll(async () => {
  await close();
  side.closeAllConnections();
  side.close();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, { redirect: 'manual', ...init });

describe('what is handed on to the issuing side', () => {
  it('is the question as it came, with its query, body, cookie and the address in the address bar', async () => {
    const headers = { cookie: 'a=1', 'content-type': 'application/json' };
    const answer = await ask('/authority/api/x?y=%2F', {
      method: 'POST',
      body: '{"z":1}',
      headers,
    });
    expect(answer.status).toBe(303);
    expect(heard).toMatchObject({ method: 'POST', url: '/authority/api/x?y=%2F' });
    expect(heard?.headers).toMatchObject({ cookie: 'a=1', host: new URL(url).host });
    expect(body).toBe('{"z":1}');
  });

  it('says who asks and how by our word alone, whatever the question says of itself', async () => {
    await ask('/authority/x', {
      headers: {
        ...{ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' },
        ...{ 'x-forwarded-host': 'other.example', forwarded: 'for=203.0.113.9', te: 'trailers' },
      },
    });
    expect(heard?.headers).toMatchObject({
      ...{ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' },
    });
    for (const name of ['x-forwarded-host', 'forwarded', 'te'])
      expect(heard?.headers).not.toHaveProperty(name);
  });

  it('and its answer with every cookie and its own policy, without what one connection is about', async () => {
    const answer = await ask('/citizen/');
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/authority', 'b=2; Path=/authority']);
    expect(answer.headers.get('location')).toBe('/citizen/');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(answer.headers.get('x-inner')).toBeNull();
    expect(await answer.text()).toBe('gone');
  });

  it('the link on a place’s poster too', async () => {
    expect((await ask('/v')).status).not.toBe(404);
    expect(heard?.url).toBe('/v');
  });

  it('is nothing else of this address', async () => {
    for (const path of ['/', '/vx', '/v/x', '/authorityx/', '/v1/bundle', '/console/', '/demo/'])
      expect((await ask(path)).status).toBe(404);
    expect(heard).toBeUndefined();
  });

  it('no body beyond the largest file of a source, by what it says or by what comes', async () => {
    // no later question goes out on a connection that is about to be cut
    const headers = { connection: 'close' };
    const said = await ask('/authority/desk/facts', {
      ...{ method: 'POST', headers },
      body: new Uint8Array(35 * 1024 * 1024),
    }).catch(() => undefined); // cut while it sends
    expect(said?.status ?? 413).toBe(413);
    expect(heard).toBeUndefined();
    let pieces = 0;
    const stream = new ReadableStream({
      pull(controller) {
        if (pieces++ === 40) controller.close();
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const came = await ask('/authority/desk/facts', {
      ...{ method: 'POST', headers, body: stream, duplex: 'half' },
    } as RequestInit).catch(() => undefined);
    expect(came?.status ?? 413).toBe(413);
  });

  it('is answered 503 with when to come again while it is away', async () => {
    const own = sidePort;
    for (const port of [undefined, 1]) {
      sidePort = port;
      const answer = await ask('/authority/x');
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(await answer.json()).toMatchObject({ code: 'issuing-away' });
    }
    sidePort = own;
    expect((await ask('/authority/x')).status).toBe(303);
  });
});
