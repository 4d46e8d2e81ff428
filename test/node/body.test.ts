import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createBodies } from '../../src/node/http/bodies.ts';
import { readText as read, readBody } from '../../src/node/http/body.ts';
import { fakeClock } from '../support/fakes/fake-clock.ts';

const kb = 1024;
const request = (body: BodyInit, headers: HeadersInit = {}) =>
  new Request('http://hub/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
const gzipped = { 'content-encoding': 'gzip' };

const bodies = createBodies(fakeClock().monotonic);
const readText = (asked: Request, maxBytes: number) => read(asked, maxBytes, bodies);

/** A body whose bytes come when the test says so. */
function slow() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isCut = false;
  const stream = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own;
    },
    cancel() {
      isCut = true;
    },
  });
  return {
    stream,
    /** The reader wants no more of it. */
    isCut: () => isCut,
    send: (bytes: Uint8Array) => controller?.enqueue(bytes),
    end: () => controller?.close(),
  };
}

describe('reading a request body', () => {
  it('gives back a text, plain or gzipped', async () => {
    const text = '卡口'.repeat(100);
    expect(await readText(request(text), kb)).toEqual({ ok: true, value: text });
    expect(await readText(request(gzipSync(text), gzipped), kb)).toEqual({ ok: true, value: text });
  });

  it('takes exactly as much as allowed and not a byte more', async () => {
    expect((await readText(request('a'.repeat(kb)), kb)).ok).toBe(true);
    expect(await readText(request('a'.repeat(kb + 1)), kb)).toEqual(tooLarge);
    expect((await readText(request(gzipSync('a'.repeat(kb)), gzipped), kb)).ok).toBe(true);
    expect(await readText(request(gzipSync('a'.repeat(kb + 1)), gzipped), kb)).toEqual(tooLarge);
  });

  it('stops inflating a gzip bomb early: 200 MB of zeros cost a few', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * kb * kb));
    const before = process.memoryUsage().arrayBuffers;
    expect(await readText(request(bomb, gzipped), 2 * kb * kb)).toEqual(tooLarge);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * kb * kb);
  });

  it('stops reading a body that never ends', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += kb;
        controller.enqueue(new Uint8Array(kb));
      },
    });
    expect(await readText(request(endless), 16 * kb)).toEqual(tooLarge);
    expect(sent).toBeLessThan(64 * kb);
  });

  it.each([
    ['bytes that are no gzip', Buffer.from('no gzip at all'), gzipped, 'bad-encoding'],
    ['a gzip that was cut', gzipSync('a'.repeat(500)).subarray(0, 20), gzipped, 'bad-encoding'],
    ['another encoding', 'x', { 'content-encoding': 'br' }, 'unsupported-encoding'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe]), {}, 'malformed'],
  ])('refuses %s', async (_, body, headers, error) => {
    expect(await readText(request(body, headers), kb)).toEqual({ ok: false, error });
  });
});

describe('the room for request bodies', () => {
  const clock = fakeClock();
  const begin = (room: ReturnType<typeof createBodies>) => {
    const one = slow();
    const answer = readBody(request(one.stream), { maxBytes: 100 * kb, bodies: room });
    return { ...one, answer };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('goes to what comes now: of those that come slowly the stalest is cut, and says so', async () => {
    const room = createBodies(clock.monotonic, 10 * kb);
    const [stale, alive] = [begin(room), begin(room)];
    for (const one of [stale, alive]) one.send(new Uint8Array(4 * kb));
    await settled();
    clock.tick(5000);
    alive.send(new Uint8Array(kb));
    await settled();
    const next = begin(room);
    next.send(new Uint8Array(2 * kb));
    expect(await stale.answer).toEqual({ ok: false, error: 'too-slow' });
    await settled();
    expect(room.used()).toBe(7 * kb);
    for (const one of [alive, next]) {
      one.send(new Uint8Array(0));
      one.end();
    }
  });

  it('is never taken from what came a moment ago: the new one is told to come again', async () => {
    const room = createBodies(clock.monotonic, 10 * kb);
    const first = begin(room);
    first.send(new Uint8Array(9 * kb));
    await settled();
    const next = begin(room);
    next.send(new Uint8Array(2 * kb));
    expect(await next.answer).toEqual({ ok: false, error: 'busy' });
    expect(room.used()).toBe(9 * kb);
  });

  it('counts what is unpacked until it is done with', async () => {
    const room = createBodies(clock.monotonic, 100 * kb);
    const packed = request(gzipSync('a'.repeat(20 * kb)), gzipped);
    const body = await readBody(packed, { maxBytes: 50 * kb, bodies: room });
    expect(room.used()).toBeGreaterThan(40 * kb);
    if (body.ok) body.value.done();
    expect(room.used()).toBe(0);
  });

  it('is given back whatever is wrong with a body', async () => {
    const room = createBodies(clock.monotonic, 100 * kb);
    for (const [body, headers] of [
      ['x', gzipped],
      ['x'.repeat(3 * kb), {}],
      [Buffer.from([0xff]), {}],
      [gzipSync('x'.repeat(3 * kb)), gzipped],
    ] as const)
      expect((await readBody(request(body, headers), { maxBytes: kb, bodies: room })).ok).toBe(
        false,
      );
    expect(room.used()).toBe(0);
  });

  it('is not held by a body that falls silent', async () => {
    const room = createBodies(clock.monotonic, 100 * kb);
    const one = slow();
    const rules = { maxBytes: kb, bodies: room, silenceMs: 300 };
    const answer = readBody(request(one.stream), rules);
    const startedAt = performance.now();
    for (let i = 0; i < 5; i++) {
      one.send(new Uint8Array(1));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await answer).toEqual({ ok: false, error: 'too-slow' });
    expect(performance.now() - startedAt).toBeGreaterThan(600);
    expect(room.used()).toBe(0);
  });

  it('shows the beginning before the rest has come, packed or not, and asks for no more when it is refused', async () => {
    const text = `begin.${'x'.repeat(10 * kb)}`;
    for (const [bytes, headers] of [
      [Buffer.from(text), {}],
      [
        gzipSync(
          text + Buffer.from(crypto.getRandomValues(new Uint8Array(2 * kb))).toString('hex'),
        ),
        gzipped,
      ],
    ] as const) {
      const one = slow();
      const seen: string[] = [];
      const judge = async (beginning: string) => {
        seen.push(beginning.slice(0, 6));
        return 'refused' as const;
      };
      const rules = { maxBytes: 100 * kb, bodies, judge };
      const answer = readBody(request(one.stream, headers), rules);
      one.send(bytes.subarray(0, 600));
      expect(await answer).toEqual({ ok: false, error: 'refused' });
      expect(seen).toEqual(['begin.']);
      expect(one.isCut()).toBe(true);
    }
  });

  it('lets through what judging it threw: a database that is gone is no broken body', async () => {
    for (const bytes of [Buffer.from('short'), Buffer.alloc(2 * kb, 'x')]) {
      const judge = () => Promise.reject(new Error('gone'));
      const one = slow();
      const answer = readBody(request(one.stream), { maxBytes: 100 * kb, bodies, judge });
      one.send(bytes);
      one.end();
      await expect(answer).rejects.toThrow('gone');
      expect(bodies.used()).toBe(0);
    }
  });
});

const tooLarge = { ok: false, error: 'too-large' };
