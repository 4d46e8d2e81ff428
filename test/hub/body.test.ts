import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/hub/body.ts';

const kb = 1024;
const request = (body: BodyInit, headers: HeadersInit = {}) =>
  new Request('http://hub/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
const gzipped = { 'content-encoding': 'gzip' };

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

const tooLarge = { ok: false, error: 'too-large' };
