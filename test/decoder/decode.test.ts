import sharp from 'sharp';
import { encode } from 'uqr';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSearch, readAll } from '../../src/decoder/decode.ts';
import { frameOf } from '../../src/decoder/frame-source.ts';
import { type Rgba, toLuminance } from '../../src/decoder/luminance.ts';
import type { ReadQr } from '../../src/decoder/zxing.ts';
import { frame, frameRgba, rgba } from '../support/fake-camera.ts';
import { zxingInNode } from '../support/wasm.ts';

const pass = `KK1:${'6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R82JD2FCJG96V75DOW%IY17EIHY P8L6'.repeat(3)}`;

let read: ReadQr;
beforeAll(async () => {
  read = await zxingInNode();
});

const shown = (picture: Rgba) => frameOf(toLuminance(picture));

/** Frames until the first hit, at most `limit`. */
async function framesUntilRead(picture: Awaited<ReturnType<typeof rgba>>, limit: number) {
  const search = createSearch(read);
  for (let count = 1; count <= limit; count++) {
    const texts = search(shown(picture));
    if (texts.length > 0) return { count, texts };
  }
  return undefined;
}

describe('searching camera frames', () => {
  test('a pass in the viewfinder is read on the first frame', async () => {
    expect(await framesUntilRead(await frameRgba(pass), 1)).toEqual({ count: 1, texts: [pass] });
  });

  test('after any time of looking at nothing, a pass is read on the first frame that shows it', async () => {
    const [empty, full] = [shown(await frameRgba(undefined)), shown(await frameRgba(pass))];
    for (let before = 0; before < 24; before++) {
      const search = createSearch(read);
      for (let count = 0; count < before; count++) search(empty);
      expect(search(full)).toEqual([pass]);
    }
  });

  test('a pass at the edge of the picture is read on the first frame too', async () => {
    const code = await (await frame(pass, { width: 400, height: 400, codePx: 300 }))
      .png()
      .toBuffer();
    const scene = sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888' } });
    const edge = await scene
      .composite([{ input: code, left: 0, top: 0 }])
      .png()
      .toBuffer();
    expect(await framesUntilRead(await rgba(edge), 1)).toEqual({ count: 1, texts: [pass] });
  });

  test('a light code on dark is read within two seconds of frames', async () => {
    const negative = await (await frame(pass)).negate({ alpha: false }).png().toBuffer();
    expect((await framesUntilRead(await rgba(negative), 24))?.texts).toEqual([pass]);
  });

  test('a far code, 1.6 pixels a module and soft, is read within half a second of frames', async () => {
    const small = await far(pass, 1.6);
    expect((await framesUntilRead(small, 6))?.texts).toEqual([pass]);
  });

  test('an empty scene never gives a text, whatever look is taken', async () => {
    expect(await framesUntilRead(await frameRgba(undefined), 40)).toBeUndefined();
  });
});

describe('reading a still picture', () => {
  test('every code on it is given once', async () => {
    const [one, two] = await Promise.all(
      ['KK1:ONE', 'https://example.org/two'].map(async (text) =>
        (await frame(text, { width: 400, height: 400, codePx: 300 })).png().toBuffer(),
      ),
    );
    const both = await sharp({
      create: { width: 900, height: 900, channels: 3, background: '#fff' },
    })
      .composite([
        { input: one, left: 0, top: 0 },
        { input: two, left: 450, top: 0 },
        { input: one, left: 0, top: 450 },
      ])
      .png()
      .toBuffer();
    expect(readAll(read, await rgba(both)).sort()).toEqual(['KK1:ONE', 'https://example.org/two']);
  });

  test('a code that holds bytes and no text still arrives, so that it can be called no pass', async () => {
    expect(readAll(read, modules(encode([0xff, 0xfe, 0x00, 0x81, 0xc3])))).toHaveLength(1);
  });

  test('Chinese text arrives as written', () => {
    const bytes = [...new TextEncoder().encode('天津健康码 场所码')];
    expect(readAll(read, modules(encode(bytes)))).toEqual(['天津健康码 场所码']);
  });
});

function modules({ data, size }: { data: boolean[][]; size: number }) {
  const scale = 6;
  const width = (size + 8) * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const dark = data[Math.floor(y / scale) - 4]?.[Math.floor(x / scale) - 4] === true;
      if (dark) pixels.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  }
  return { data: pixels, width, height: width };
}

/** A code so far away that a module is only so many pixels wide. */
async function far(text: string, pixelsPerModule: number) {
  const { size } = encode(text, { ecc: 'M', border: 4 });
  const sharpCode = await (
    await frame(text, { width: size * 8, height: size * 8, codePx: size * 8 })
  )
    .png()
    .toBuffer();
  const side = Math.round(size * pixelsPerModule);
  const code = await sharp(sharpCode).resize(side, side, { kernel: 'cubic' }).blur(0.9).toBuffer();
  return rgba(
    await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888' } })
      .composite([{ input: code, gravity: 'centre' }])
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
}
