import { afterEach, expect, test, vi } from 'vitest';
import { readPictureFile } from '../../src/decoder/picture.ts';
import type { FoundCode } from '../../src/decoder/protocol.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A browser that opens any file as a picture of this size. */
function stub(width: number, height: number) {
  const create = vi.fn(
    async (
      from: Blob | { width: number; height: number },
      wish: { resizeWidth?: number; resizeHeight?: number } = {},
    ) => {
      const [fullWidth, fullHeight] =
        from instanceof Blob ? [width, height] : [from.width, from.height];
      const scale = (wish.resizeWidth ?? fullWidth) / fullWidth;
      const size = { width: fullWidth * scale, height: wish.resizeHeight ?? fullHeight * scale };
      return { ...size, close: () => undefined };
    },
  );
  vi.stubGlobal('createImageBitmap', create);
  return create;
}
const file = new Blob(['x']);
const found = (...texts: string[]) => texts.map((text) => ({ text, corners: [] }));

/** Reads with a reader that has one way of looking. */
async function textsOf(blob: Blob, look: (picture: ImageBitmap) => readonly FoundCode[]) {
  const codes = await readPictureFile(blob, { quickly: look, thoroughly: look });
  return codes.map(({ text }) => text);
}

test('a picture is tried at several sizes, none larger than 2560 or than itself, until one reads', async () => {
  stub(4000, 3000);
  const sizes: number[][] = [];
  const texts = await textsOf(file, ({ width, height }) => {
    sizes.push([width, height]);
    return width === 1280 ? found('KK1:A') : [];
  });
  expect(texts).toEqual(['KK1:A']);
  expect(sizes).toEqual([
    [2560, 1920],
    [1280, 960],
  ]);
});

test('a small picture is not blown up', async () => {
  stub(500, 400);
  const readAll = vi.fn(() => []);
  expect(await textsOf(file, readAll)).toEqual([]);
  expect(readAll).toHaveBeenCalledOnce();
});

test('a photo of 48 megapixels is never opened at its full size', async () => {
  const create = stub(8000, 6000);
  await textsOf(new Blob([new Uint8Array(5_000_000)]), () => found('KK1:A'));
  expect(create).toHaveBeenCalledOnce();
  expect(create.mock.calls[0]?.[1]).toMatchObject({ resizeWidth: 2560 });
});

test('every code on it is given', async () => {
  stub(500, 400);
  expect(await textsOf(file, () => found('KK1:A', 'KK1:B'))).toEqual(['KK1:A', 'KK1:B']);
});

test('what is no picture is unreadable', async () => {
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('no')));
  await expect(textsOf(file, () => [])).rejects.toMatchObject({ why: 'unreadable' });
});

test('a file of 60 MB and more is not opened at all', async () => {
  const create = stub(500, 400);
  const large = { size: 60_000_001 } as Blob;
  await expect(textsOf(large, () => [])).rejects.toMatchObject({ why: 'too-large' });
  expect(create).not.toHaveBeenCalled();
});
