import { expect, test } from 'vitest';
import { busyRegion } from '../../../src/decoder/pixels/busy-region.ts';

/** Grey with a chequered square, as a code is; `noise` is the amplitude of a sensor's grain. */
function scene({ left = 400, top = 200, side = 150, noise = 0, ground = 128 } = {}) {
  const [width, height] = [1280, 720];
  const data = new Uint8Array(width * height);
  let grain = 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      grain = (Math.imul(grain, 1_103_515_245) + 12_345) & 0x7fffffff;
      const isCode = x >= left && x < left + side && y >= top && y < top + side;
      const value = isCode ? 40 + 180 * (((x >> 1) + (y >> 1)) & 1) : ground;
      data[y * width + x] = value + ((grain >> 16) % (noise + 1)) - noise / 2;
    }
  return { data, width, height };
}

test.each([
  ['in the middle', {}],
  ['in a corner', { left: 10, top: 560 }],
  ['under a sensor in the dark', { noise: 60 }],
  ['large', { left: 300, top: 100, side: 500 }],
])('a code %s is found whole, with a margin and little else', (_, where) => {
  const {
    left = 400,
    top = 200,
    side = 150,
  } = where as { left?: number; top?: number; side?: number };
  const { x, y, width, height } = busyRegion(scene(where));
  expect(x).toBeLessThanOrEqual(Math.max(0, left - 8));
  expect(y).toBeLessThanOrEqual(top);
  expect(x + width).toBeGreaterThanOrEqual(left + side + 8);
  expect(y + height).toBeGreaterThanOrEqual(top + side);
  expect(width).toBeLessThan(side * 1.2 + 110);
  expect(height).toBeLessThan(side * 1.2 + 110);
});

test('it never reaches outside the picture', () => {
  const { x, y, width, height } = busyRegion(scene({ left: 1100, top: 0, side: 180 }));
  expect([x >= 0, y >= 0, x + width <= 1280, y + height <= 720]).toEqual([true, true, true, true]);
});

test('an even picture and a tiny one are looked at whole', () => {
  const even = scene({ side: 0 });
  expect(busyRegion(even)).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
  expect(busyRegion({ data: new Uint8Array(400), width: 20, height: 20 })).toMatchObject({
    width: 20,
  });
});
