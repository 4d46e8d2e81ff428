import { describe, expect, test } from 'vitest';
import { createFrameReader } from '../../src/decoder/frame-reader.ts';
import { differs, frameOf, glance, openFrame, zoomed } from '../../src/decoder/frame-source.ts';
import type { Region } from '../../src/decoder/pixels/luminance.ts';
import { toLuminance } from '../../src/decoder/pixels/luminance.ts';
import type { FoundCode } from '../../src/decoder/protocol.ts';
import { ranked } from '../../src/decoder/rank.ts';
import { selfTest } from '../../src/decoder/self-test.ts';
import { zxingInNode } from '../support/wasm.ts';

/** A camera frame in I420 whose grey plane is given by a function; rows may be padded. */
function yuv(grey: (x: number, y: number) => number, { width = 64, height = 48, pad = 0 } = {}) {
  const frame = {
    format: 'I420',
    visibleRect: { x: 0, y: 0, width, height },
    displayWidth: width,
    displayHeight: height,
    allocationSize: ({ rect }: { rect: Region }) => (rect.width + pad) * rect.height * 2,
    async copyTo(to: Uint8Array, { rect }: { rect: Region }) {
      const stride = rect.width + pad;
      to.fill(7);
      for (let y = 0; y < rect.height; y++)
        for (let x = 0; x < rect.width; x++) to[y * stride + x] = grey(rect.x + x, rect.y + y);
      return [{ offset: 0, stride }];
    },
  };
  return frame as unknown as VideoFrame;
}

describe('a frame in YUV', () => {
  test.each([0, 16])(
    'gives its first plane as the grey picture, rows padded by %i',
    async (pad) => {
      const frame = await openFrame(yuv((x, y) => x + y, { pad }));
      expect([frame.width, frame.height]).toEqual([64, 48]);
      expect([...frame.grey({ x: 10, y: 20, width: 2, height: 2 }).data]).toEqual([30, 31, 31, 32]);
    },
  );

  test('zoomed twice, only its middle half is seen', async () => {
    const frame = zoomed(await openFrame(yuv((x, y) => x + y)), 2);
    expect([frame.width, frame.height]).toEqual([32, 24]);
    expect([...frame.grey({ x: 0, y: 0, width: 1, height: 1 }).data]).toEqual([16 + 12]);
  });
});

describe('a glance', () => {
  const even = (value: number) => glance(yuv(() => value, { width: 320, height: 240 }));

  test('does not take sensor noise for a change', async () => {
    const noisy = (seed: number) =>
      glance(yuv((x, y) => 100 + ((x * 7 + y * 13 + seed) % 40), { width: 320, height: 240 }));
    expect(differs(await noisy(1), await noisy(5))).toBe(false);
  });

  test('sees a code come into view, and the scene get dark', async () => {
    const code = yuv((x) => (x > 100 && x < 220 ? 255 : 100), { width: 320, height: 240 });
    expect(differs(await even(100), await glance(code))).toBe(true);
    expect(differs(await even(100), await even(40))).toBe(true);
  });

  test('is not taken of a frame that would have to be drawn first', async () => {
    expect(await glance({ width: 320, height: 240 } as ImageBitmap)).toBeUndefined();
  });
});

describe("the browser's own detector", () => {
  const shown = yuv(() => 100);

  test('is asked first, ours where it finds no pass or fails', async () => {
    const named = (...texts: string[]) => texts.map((text) => ({ text, corners: [] }));
    const ours = () => ranked(named('KK1:OURS'));
    const ask = async (native: () => Promise<FoundCode[]>) => {
      const { codes } = await createFrameReader(ours, native)(shown, 1);
      return codes.map(({ text }) => text);
    };
    expect(await ask(async () => named('KK1:ITS', 'KK1:OTHER'))).toEqual(['KK1:ITS', 'KK1:OTHER']);
    expect(await ask(async () => named('a link'))).toEqual(['KK1:OURS', 'a link']);
    expect(await ask(async () => [])).toEqual(['KK1:OURS']);
    expect(await ask(() => Promise.reject(new Error()))).toEqual(['KK1:OURS']);
  });

  test('is tested with a code that a good detector reads', async () => {
    const { data, size } = selfTest.picture();
    const picture = toLuminance({ data, width: size, height: size });
    const codes = (await zxingInNode())(picture, { most: 1 });
    expect(codes.map(({ text }) => text)).toEqual([selfTest.text]);
  });
});

test('a frame that is not due costs no search', async () => {
  let searches = 0;
  const read = createFrameReader((frame) => {
    expect(frame.width).toBe(64);
    searches += 1;
    return [];
  });
  const sights = [
    await read(
      yuv(() => 100),
      1,
    ),
    await read(
      yuv(() => 100),
      1,
    ),
  ];
  expect(sights.map(({ looked }) => looked)).toEqual([true, false]);
  expect(sights[0]?.light).toBe(100);
  expect(searches).toBe(1);
});

test('a frame in memory gives the region asked for', () => {
  const frame = frameOf({ data: Uint8Array.of(1, 2, 3, 4), width: 2, height: 2 });
  expect([...frame.grey({ x: 1, y: 0, width: 1, height: 2 }).data]).toEqual([2, 4]);
});
