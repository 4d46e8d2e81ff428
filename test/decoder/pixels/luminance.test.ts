import { describe, expect, test } from 'vitest';
import {
  black,
  crop,
  downscale,
  enlarge,
  isOpaque,
  type Luminance,
  sharpen,
  stretch,
  toLuminance,
} from '../../../src/decoder/pixels/luminance.ts';

const picture = (rows: number[][]) => ({
  data: Uint8Array.from(rows.flat()),
  width: rows[0]?.length ?? 0,
  height: rows.length,
});
const rows = ({ data, width, height }: Luminance) =>
  Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)]);

test('grey keeps black black, white white, and weighs green most', () => {
  const colours = [
    0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255,
  ];
  const grey = toLuminance({ data: Uint8ClampedArray.from(colours), width: 5, height: 1 });
  expect([...grey.data]).toEqual([0, 255, 76, 150, 29]);
});

test('a transparent pixel is as the ground it is laid on, a half transparent one lies between', () => {
  const pixels = {
    data: Uint8ClampedArray.of(0, 0, 0, 0, 255, 255, 255, 128),
    width: 2,
    height: 1,
  };
  expect([...toLuminance(pixels).data]).toEqual([255, 255]);
  expect([...toLuminance(pixels, black).data]).toEqual([0, 128]);
  expect(isOpaque(pixels)).toBe(false);
});

test('a crop is the asked region', () => {
  const region = { x: 1, y: 1, width: 2, height: 1 };
  expect(
    rows(
      crop(
        picture([
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ]),
        region,
      ),
    ),
  ).toEqual([[5, 6]]);
});

test('half size is the mean of four, an odd edge is left away', () => {
  expect(
    rows(
      downscale(
        picture([
          [0, 100, 9],
          [100, 200, 9],
          [7, 7, 7],
        ]),
      ),
    ),
  ).toEqual([[100]]);
});

describe('enlarging', () => {
  test('keeps the proportions and an even ground even, up to its edges', () => {
    const large = enlarge(
      picture([
        [77, 77],
        [77, 77],
        [77, 77],
      ]),
      3,
    );
    expect([large.width, large.height]).toEqual([6, 9]);
    expect(new Set(large.data)).toEqual(new Set([77]));
  });

  test('keeps left left and top top', () => {
    const large = rows(
      enlarge(
        picture([
          [0, 200],
          [100, 255],
        ]),
        2,
      ),
    );
    expect(large[0]?.[0]).toBeLessThan(large[0]?.[3] ?? 0);
    expect(large[0]?.[0]).toBeLessThan(large[3]?.[0] ?? 0);
    expect(large[3]?.[0]).toBeLessThan(large[0]?.[3] ?? 0);
  });
});

test('sharpening leaves an even ground and makes a step steeper', () => {
  const step = picture(Array.from({ length: 3 }, () => [50, 50, 50, 150, 150, 150]));
  expect(rows(sharpen(step))[1]).toEqual([50, 50, 17, 183, 150, 150]);
});

test('a stretched picture goes from black to white, whatever little was between its ends', () => {
  expect(rows(stretch(picture([[100, 105, 110]])))).toEqual([[0, 128, 255]]);
});

test('a few specks do not keep a picture from being stretched, and grain is not blown up to a code', () => {
  const pale = Array.from({ length: 1000 }, (_, at) => (at < 3 ? 255 : at % 2 ? 60 : 80));
  expect(new Set(stretch(picture([pale])).data)).toEqual(new Set([255, 0]));
  expect(Math.max(...stretch(picture([[100, 101, 102]])).data)).toBeLessThan(80);
});
