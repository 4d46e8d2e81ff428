import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { connect } from 'node:net';
import zlib from 'node:zlib';
import type { Context } from 'hono';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { monotonicMillis } from '../../../src/core/units.ts';
import { createBodies } from '../../../src/node/http/bodies.ts';
import { readBody } from '../../../src/node/http/body.ts';
import { bodyOf } from '../../../src/node/http/body-source.ts';

const read = (incoming: IncomingMessage) => {
  const header = (name: string) => incoming.headers[name];
  const bodies = createBodies(() => monotonicMillis(performance.now()));
  const source = bodyOf({ env: { incoming }, req: { header } } as unknown as Context);
  return readBody(source, { maxBytes: 1_000_000, bodies, judge: async () => undefined });
};
const server = createServer((incoming, answer) => {
  void read(incoming).then(async (body) => {
    if (!incoming.destroyed && !incoming.readableEnded) await once(incoming, 'end');
    answer.end(body.ok ? body.value.text : body.error);
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
const send = async (body: Uint8Array<ArrayBuffer>) => {
  const headers = { 'content-encoding': 'gzip' };
  return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })).text();
};
const packed = (text: string) => Uint8Array.from(zlib.gzipSync(text));

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

afterAll(() => server.close());

it('unpacks a small body that came whole once, and one read is all it takes', async () => {
  const text = randomBytes(900).toString('hex');
  const unpacked = vi.spyOn(zlib, 'gunzipSync');
  syncBuiltinESMExports();
  expect(await send(packed(text))).toBe(text);
  expect(unpacked).toHaveBeenCalledTimes(1);
});

it('reads one that comes in many pieces to its end', async () => {
  const text = randomBytes(300_000).toString('hex');
  expect(await send(packed(text))).toBe(text);
});

it('takes a body whose line broke off for none, however much of it came', async () => {
  const whole = packed(randomBytes(900).toString('hex'));
  const socket = connect(port, '127.0.0.1');
  const asked = once(server, 'request') as Promise<[IncomingMessage]>;
  socket.write(
    `POST / HTTP/1.1\r\nhost: a\r\ncontent-encoding: gzip\r\ncontent-length: ${whole.length}\r\n\r\n`,
  );
  const [incoming] = await asked;
  const reading = read(incoming);
  socket.write(whole.subarray(0, whole.length - 1), () => socket.destroy());
  expect(await reading).toMatchObject({ ok: false });
});
