import { encode } from 'uqr';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Luminance } from '../../../src/decoder/pixels/luminance.ts';
import { drawnClean, unfold } from '../../../src/decoder/pixels/unfold.ts';
import type { ReadQr } from '../../../src/decoder/zxing.ts';
import { zxingInNode } from '../../support/wasm.ts';

const text = 'KK1:6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R82JD2FCJG96V75DOW%IY17EIHY P8L6';
const { data: modules, size } = encode(text, { ecc: 'M', border: 0 });
const pixels = 5;
const edge = 30;
const side = size * pixels + 2 * edge;

let read: ReadQr;
beforeAll(async () => {
  read = await zxingInNode();
});

/** The code on paper, each point of the picture moved by so many modules, in a light of so much. */
function sheet(
  moved: (x: number, y: number) => readonly [number, number],
  light: (x: number, y: number) => number = () => 1,
): Luminance {
  const data = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [column, row] = [(x + 0.5 - edge) / pixels, (y + 0.5 - edge) / pixels];
      const [right, down] = moved(column, row);
      const isDark = modules[Math.floor(row + down)]?.[Math.floor(column + right)];
      data[y * side + x] = (isDark ? 30 : 230) * light(column, row);
    }
  return { data, width: side, height: side };
}

const [near, far] = [edge, side - edge];
const corners = [
  { x: near, y: near },
  { x: far, y: near },
  { x: far, y: far },
  { x: near, y: far },
];
/** Of its modules, how many came out wrong. */
const wrong = (found: Int8Array) =>
  found.filter((value, at) => value < 0 !== modules[Math.floor(at / size)]?.[at % size]).length;
const wave = (x: number, y: number) =>
  [0.7 * Math.sin(y / 4.5 + 1) + 0.4 * Math.sin(x / 6), 0.7 * Math.sin(x / 5)] as const;

describe('a code laid flat', () => {
  test('one that is flat comes out as it is', () => {
    expect(
      wrong(
        unfold(
          sheet(() => [0, 0]),
          { corners, size },
        ),
      ),
    ).toBe(0);
  });

  test('one on waving cloth, which ZXing finds and cannot read, is read by its modules', () => {
    const cloth = sheet(wave);
    const unread: number[] = [];
    const tell = (outline: { size: number }) => unread.push(outline.size);
    expect(read(cloth, { most: 1, unread: tell })).toEqual([]);
    expect(unread).toContain(size);
    const found = unfold(cloth, { corners, size });
    expect(read(drawnClean(found, size), { most: 1 }).map((code) => code.text)).toEqual([text]);
  });

  test('in a light that falls to a tenth, each module is judged by its neighbours', () => {
    const dim = sheet(
      () => [0, 0],
      (x) => 1 - (0.9 * x) / size,
    );
    const found = unfold(dim, { corners, size });
    expect(read(drawnClean(found, size), { most: 1 }).map((code) => code.text)).toEqual([text]);
  });

  test('one in white on black is turned over', () => {
    const { data, ...at } = sheet(() => [0, 0]);
    const negative = { ...at, data: data.map((value) => 255 - value) };
    expect(wrong(unfold(negative, { corners, size, inverted: true }))).toBe(0);
  });

  test('where there is no code, none is read', () => {
    const noise = {
      data: Uint8Array.from({ length: side * side }, (_, at) => (at * 7919) % 251),
      width: side,
      height: side,
    };
    expect(read(drawnClean(unfold(noise, { corners, size }), size), { most: 1 })).toEqual([]);
  });
});
