import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { isCut, pictureHead } from '../../src/decoder/picture-head.ts';

const grain = { type: 'gaussian', mean: 128, sigma: 30 } as const;
const scene = () =>
  sharp({ create: { width: 301, height: 203, channels: 3, background: '#888', noise: grain } });
const files: Readonly<Record<string, () => Promise<Buffer>>> = {
  png: () => scene().png().toBuffer(),
  jpeg: () => scene().jpeg().toBuffer(),
  'progressive jpeg': () => scene().jpeg({ progressive: true }).withMetadata().toBuffer(),
  gif: () => scene().gif().toBuffer(),
  webp: () => scene().webp().toBuffer(),
  'lossless webp': () => scene().webp({ lossless: true }).toBuffer(),
  'webp with alpha': () => scene().ensureAlpha(0.5).webp().toBuffer(),
};

describe.each(Object.entries(files))('a %s', (_, make) => {
  test('says its size before anything is unpacked', async () => {
    expect(pictureHead(await make())).toMatchObject({ width: 301, height: 203 });
  });

  test('is known to be whole, or cut', async () => {
    const file = await make();
    expect(await isCut(new Blob([Uint8Array.from(file)]))).toBe(false);
    const half = file.subarray(0, file.length >> 1);
    expect(await isCut(new Blob([Uint8Array.from(half)]))).toBe(true);
  });

  test('cut within its head gives no size and no exception', async () => {
    const file = await make();
    for (let length = 0; length < 32; length++) pictureHead(file.subarray(0, length));
  });
});

test('a photo with a film behind it is whole', async () => {
  const photo = await scene().jpeg().toBuffer();
  expect(await isCut(new Blob([Uint8Array.from(photo), new Uint8Array(100_000)]))).toBe(false);
});

test('other files say nothing', async () => {
  const bytes = new TextEncoder().encode('%PDF-1.7 and more than sixteen bytes');
  expect(pictureHead(bytes)).toBeUndefined();
  expect(await isCut(new Blob([bytes]))).toBe(false);
  expect(await isCut(new Blob([]))).toBe(false);
});

test('a head that leads round in circles comes to an end', () => {
  expect(pictureHead(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0))).toBeUndefined();
});
