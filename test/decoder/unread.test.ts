import { encode } from 'uqr';
import { beforeAll, expect, test } from 'vitest';
import { createSearch, readAll, readQuickly } from '../../src/decoder/decode.ts';
import { frameOf } from '../../src/decoder/frame-source.ts';
import { type Luminance, toLuminance } from '../../src/decoder/pixels/luminance.ts';
import { createTogether, readUnfolded } from '../../src/decoder/unread.ts';
import type { ReadQr } from '../../src/decoder/zxing.ts';
import { fakeRandom } from '../support/fakes/fake-random.ts';
import { zxingInNode } from '../support/wasm.ts';

const pixels = 3;
const edge = 12;
const passes = ['KK1:6BFOXN%TS3DHPVO13J /G-/2YRVA.Q', 'KK1:7CGPYO%UT4EIQWP24K /H-/3ZSWB.R'];
const codes = passes.map((text) => encode(text, { ecc: 'L', border: 0 }));
const size = codes[0]?.size ?? 0;
const side = size * pixels + 2 * edge;
const outline = {
  corners: [
    { x: edge, y: edge },
    { x: side - edge, y: edge },
    { x: side - edge, y: side - edge },
    { x: edge, y: side - edge },
  ],
  size,
};

let read: ReadQr;
beforeAll(async () => {
  read = await zxingInNode();
});

/** A frame in which every module is some of its ink and more of the dark's grain: another in each. */
function grainy(code: number, seed: number, strength = 55): Luminance {
  const grain = fakeRandom(seed)(size * size);
  const data = new Uint8Array(side * side).fill(150);
  for (let y = 0; y < size * pixels; y++)
    for (let x = 0; x < size * pixels; x++) {
      const [column, row] = [Math.floor(x / pixels), Math.floor(y / pixels)];
      const ink = codes[code]?.data[row]?.[column] ? -40 : 40;
      const off = ((grain[row * size + column] ?? 0) / 127.5 - 1) * strength;
      data[(y + edge) * side + x + edge] = 150 + ink + off;
    }
  return { data, width: side, height: side };
}
const textsOf = (found: readonly { text: string }[]) => found.map(({ text }) => text);

test('a code that is found and not read says where it is when its modules are read', () => {
  const [code] = readUnfolded(read, grainy(0, 1, 0), outline);
  expect(code?.text).toBe(passes[0]);
  expect(code?.corners[0]?.x).toBeCloseTo(edge / side);
});

test('what no frame shows alone, many show together', () => {
  const seeds = Array.from({ length: 12 }, (_, at) => at + 3);
  const alone = seeds.flatMap((seed) => readUnfolded(read, grainy(0, seed, 58), outline));
  expect(alone).toEqual([]);
  const together = createTogether();
  const found = seeds.flatMap((seed) => together.read(read, grainy(0, seed, 58), outline));
  expect(new Set(textsOf(found))).toEqual(new Set([passes[0]]));
});

test('the frames of one code are never put together with those of the next', () => {
  const together = createTogether();
  for (let seed = 20; seed < 32; seed++) together.read(read, grainy(0, seed, 20), outline);
  const next = Array.from({ length: 12 }, (_, at) =>
    textsOf(together.read(read, grainy(1, 40 + at, 58), outline)),
  );
  expect(next[0]).toEqual([]);
  expect(new Set(next.flat())).toEqual(new Set([passes[1]]));
});

const long = 'KK1:6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R82JD2FCJG96V75DOW%IY17EIHY P8L6';

/** A code on waving cloth, on a grey picture. */
function cloth(width: number, height: number): Luminance {
  const { data: modules } = encode(long, { ecc: 'L', border: 0 });
  const data = new Uint8Array(width * height).fill(120);
  for (let y = 0; y < 200; y++)
    for (let x = 0; x < 200; x++) {
      const [column, row] = [x / 5 - 4, y / 5 - 4];
      const across = Math.floor(
        column + 0.5 * Math.sin(row / 4.5 + 1) + 0.3 * Math.sin(column / 6),
      );
      const isDark = modules[Math.floor(row + 0.5 * Math.sin(column / 5))]?.[across];
      data[(y + ((height - 200) >> 1)) * width + x + ((width - 200) >> 1)] = isDark ? 30 : 230;
    }
  return { data, width, height };
}
const rgbaOf = ({ data, width, height }: Luminance) => ({
  data: Uint8ClampedArray.from({ length: 4 * data.length }, (_, at) =>
    at % 4 === 3 ? 255 : (data[at >> 2] ?? 0),
  ),
  width,
  height,
});

test('a code on waving cloth is read in a picture and by the camera, on the first frame', () => {
  const picture = cloth(640, 480);
  expect(read(picture, { most: 4, inverted: true })).toEqual([]);
  expect(textsOf(readAll(read, rgbaOf(picture)))).toEqual([long]);
  expect(textsOf(createSearch(read)(frameOf(picture)))).toEqual([long]);
});

test.each([
  [240, 240],
  [640, 480],
  [1280, 720],
  [1080, 4000],
])(
  'a picture of %i by %i with nothing readable is looked at for at most five and a half times its pixels',
  (width, height) => {
    const data = fakeRandom(width)(width * height);
    let pixels = 0;
    const counted: ReadQr = (picture, look) => {
      pixels += picture.data.length;
      return read(picture, look);
    };
    expect(readAll(counted, rgbaOf({ data, width, height }))).toEqual([]);
    expect(pixels).toBeGreaterThan(2 * width * height);
    expect(pixels).toBeLessThanOrEqual(5.5 * width * height);
  },
);

test.each([
  [1, 1],
  [100, 1],
  [20, 300],
])('a picture of %i by %i pixels holds no code, and nothing breaks', (width, height) => {
  expect(readAll(read, rgbaOf({ data: new Uint8Array(width * height), width, height }))).toEqual(
    [],
  );
});

test('pale yellow on a long screenshot among dark lines is read by its blue', () => {
  const [width, height, module] = [600, 1500, 2];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isWord = y % 24 < 10 && (x * 7919 + y * 104729) % 5 < 2;
      const isDark =
        codes[0]?.data[Math.floor((y - 901) / module)]?.[Math.floor((x - 203) / module)];
      const isQuiet = Math.abs(x - 232) < 45 && Math.abs(y - 930) < 45;
      if (isDark) data.set([255, 224, 74], 4 * (y * width + x));
      else if (isWord && !isQuiet) data.fill(40, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  const picture = { data, width, height };
  expect(read(toLuminance(picture), { most: 4, inverted: true })).toEqual([]);
  expect(textsOf(readQuickly(read, picture))).toEqual([passes[0]]);
  expect(textsOf(readAll(read, picture))).toEqual([passes[0]]);
});
