import sharp from 'sharp';
import { encode } from 'uqr';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSearch, readAll } from '../../src/decoder/decode.ts';
import { frameOf } from '../../src/decoder/frame-source.ts';
import { type Rgba, toLuminance } from '../../src/decoder/pixels/luminance.ts';
import type { Point } from '../../src/decoder/protocol.ts';
import type { ReadQr } from '../../src/decoder/zxing.ts';
import { frame, frameRgba, rgba, seeThrough } from '../support/fake-camera.ts';
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
    const texts = search(shown(picture)).map(({ text }) => text);
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
      expect(search(full).map(({ text }) => text)).toEqual([pass]);
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

  test.each([
    ['pale yellow on white, dim', [255, 224, 74], [255, 255, 255], 0.3],
    ['red on a dark page, dim', [214, 40, 40], [18, 18, 18], 0.15],
    ['dark red on a dark page, dim', [138, 0, 20], [18, 18, 18], 0.4],
  ] as const)('a code in %s is read by camera and in a picture', async (_, ink, paper, dim) => {
    const { data, ...size } = await far(pass, 3);
    const shade = (value: number, part: number) =>
      dim * ((ink[part] ?? 0) + (((paper[part] ?? 0) - (ink[part] ?? 0)) * value) / 255);
    const coloured = {
      ...size,
      data: data.map((v, at) => (at % 4 === 3 ? 255 : shade(v, at % 4))),
    };
    expect((await framesUntilRead(coloured, 12))?.texts).toEqual([pass]);
    expect(texts(coloured)).toEqual([pass]);
  });

  test('an empty scene never gives a text, whatever look is taken', async () => {
    expect(await framesUntilRead(await frameRgba(undefined), 40)).toBeUndefined();
  });
});

const link = 'https://example.org/poster';

/** A camera frame with codes of so many pixels, each with its middle there. */
async function view(codes: readonly (readonly [string, px: number, x: number, y: number])[]) {
  const layers = codes.map(async ([text, px, x, y]) => {
    const code = await frame(text, { width: px, height: px, codePx: px });
    return {
      input: await code.png().toBuffer(),
      left: x - Math.round(px / 2),
      top: y - Math.round(px / 2),
    };
  });
  const scene = sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888' } });
  return rgba(
    await scene
      .composite(await Promise.all(layers))
      .jpeg()
      .toBuffer(),
  );
}

describe('several codes in one view', () => {
  test('a pass in the middle comes before a web link below it, look after look', async () => {
    const picture = shown(
      await view([
        [pass, 380, 640, 300],
        [link, 150, 640, 600],
      ]),
    );
    const search = createSearch(read);
    for (let look = 0; look < 24; look++) {
      expect(search(picture).map(({ text }) => text)).toEqual([pass, link]);
    }
  });

  test("two people's passes are both told with where they are, the nearer to the middle first", async () => {
    const other = pass.replaceAll('6BFO', '7CGP');
    const picture = await view([
      [other, 330, 400, 360],
      [pass, 330, 760, 360],
    ]);
    const codes = createSearch(read)(shown(picture));
    expect(codes.map(({ text }) => text)).toEqual([pass, other]);
    expect(middleOf(codes[0] ?? { corners: [] }).x).toBeCloseTo(760 / 1280, 1);
    expect(middleOf(codes[1] ?? { corners: [] }).x).toBeCloseTo(400 / 1280, 1);
  });

  test('a big link in the middle does not hide a pass at the edge of the picture', async () => {
    const picture = await view([
      [link, 400, 640, 360],
      [pass, 300, 1100, 200],
    ]);
    expect((await framesUntilRead(picture, 1))?.texts[0]).toBe(pass);
  });

  test('a link in view does not stop the looks that read a far pass', async () => {
    const search = createSearch(read);
    const { data, width, height } = await far(pass, 1.6, { left: 80, top: 300 });
    const code = await frame(link, { width: 300, height: 300, codePx: 250 });
    const scene = sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 4 } });
    const both = scene.composite([{ input: await code.png().toBuffer(), left: 500, top: 200 }]);
    const picture = shown(await rgba(await both.png().toBuffer()));
    const passes = Array.from({ length: 12 }, () => search(picture).filter(({ isPass }) => isPass));
    expect(passes.flat().map(({ text }) => text)).toContain(pass);
  });
});

const texts = (picture: Rgba) => readAll(read, picture).map(({ text }) => text);

/** Codes of 300 px on a white picture of 900, each with its middle there. */
async function several(codes: Readonly<Record<string, readonly (readonly [number, number])[]>>) {
  const layers = Object.entries(codes).map(async ([text, places]) => {
    const code = await frame(text, { width: 400, height: 400, codePx: 300 });
    const input = await code.png().toBuffer();
    return places.map(([x, y]) => ({ input, left: x - 200, top: y - 200 }));
  });
  const paper = sharp({ create: { width: 900, height: 900, channels: 3, background: '#fff' } });
  return rgba(
    await paper
      .composite((await Promise.all(layers)).flat())
      .png()
      .toBuffer(),
  );
}

const middleOf = ({ corners }: { corners: readonly Point[] }) => ({
  x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
  y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
});

describe('reading a still picture', () => {
  test('every code on it is given once', async () => {
    const picture = await several({
      'KK1:ONE': [
        [200, 200],
        [200, 650],
      ],
      'https://example.org/two': [[650, 200]],
    });
    expect(texts(picture).sort()).toEqual(['KK1:ONE', 'https://example.org/two']);
  });

  test('each code says where it is', async () => {
    const found = readAll(
      read,
      await several({ 'KK1:ONE': [[650, 250]], 'KK1:TWO': [[200, 650]] }),
    );
    const places = Object.fromEntries(found.map((code) => [code.text, middleOf(code)]));
    expect(places['KK1:ONE']?.x).toBeCloseTo(650 / 900, 1);
    expect(places['KK1:ONE']?.y).toBeCloseTo(250 / 900, 1);
    expect(places['KK1:TWO']?.x).toBeCloseTo(200 / 900, 1);
    expect(places['KK1:TWO']?.y).toBeCloseTo(650 / 900, 1);
  });

  test('a code found only in an enlarged part says where it is in the whole', async () => {
    const [code] = readAll(read, await far(pass, 1.6, { left: 900, top: 100 }));
    expect(code?.text).toBe(pass);
    expect(middleOf(code ?? { corners: [] }).x).toBeCloseTo((900 + farSide(1.6) / 2) / 1280, 1);
    expect(middleOf(code ?? { corners: [] }).y).toBeCloseTo((100 + farSide(1.6) / 2) / 720, 1);
  });

  test.each([
    ['dark', [214, 40, 40]],
    ['light', [255, 255, 255]],
  ] as const)(
    'a code drawn in its %s modules alone, transparent otherwise, is read',
    async (drawn, colour) => {
      expect(texts(await rgba(await seeThrough(pass, drawn, colour)))).toEqual([pass]);
    },
  );

  test('a picture with nothing but transparency holds no code', () => {
    expect(texts({ data: new Uint8ClampedArray(4 * 400 * 400), width: 400, height: 400 })).toEqual(
      [],
    );
  });

  test('ZXing is never shown fewer bytes than the picture says: it would see an earlier one', () => {
    const cut = { data: new Uint8Array(99), width: 10, height: 10 };
    expect(() => read(cut, { most: 1 })).toThrow(RangeError);
  });

  test('a code that holds bytes and no text still arrives, so that it can be called no pass', async () => {
    expect(texts(modules(encode([0xff, 0xfe, 0x00, 0x81, 0xc3])))).toHaveLength(1);
  });

  test('a code without any content is no code to ZXing: there is nothing to judge', () => {
    expect(texts(modules(encode('')))).toEqual([]);
  });

  test('Chinese text arrives as written', () => {
    const bytes = [...new TextEncoder().encode('天津健康码 场所码')];
    expect(texts(modules(encode(bytes)))).toEqual(['天津健康码 场所码']);
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

const farSide = (pixelsPerModule: number) =>
  Math.round(encode(pass, { ecc: 'M', border: 4 }).size * pixelsPerModule);

/** A code so far away that a module is only so many pixels wide. */
async function far(
  text: string,
  pixelsPerModule: number,
  place: { left: number; top: number } | { gravity: 'centre' } = { gravity: 'centre' },
) {
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
      .composite([{ input: code, ...place }])
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
}
