import { expect, test } from 'vitest';
import { placedIn, windowsOf } from '../../src/decoder/windows.ts';

test('a code up to three quarters as wide as a long screenshot is whole in one of its windows', () => {
  for (const [width, height] of [
    [1080, 16_000],
    [1440, 9000],
    [720, 2561],
    [300, 4000],
  ] as const) {
    const windows = windowsOf({ width, height }, 2560);
    const size = 0.75 * width;
    for (let top = 0; top + size <= height; top += 50) {
      const isWhole = windows.some(({ y, height: long }) => y <= top && top + size <= y + long);
      expect(isWhole, `${width}×${height} at ${top}`).toBe(true);
    }
    expect(windows.every(({ y, height: long }) => y >= 0 && y + long <= height)).toBe(true);
  }
});

test('a wide strip is cut across', () => {
  const windows = windowsOf({ width: 9000, height: 1000 }, 2560);
  expect(windows.length).toBeGreaterThan(4);
  expect(windows.at(-1)).toMatchObject({ x: 7000, y: 0, width: 2000, height: 1000 });
});

test('an ordinary photo or screenshot is looked at as a whole', () => {
  expect(windowsOf({ width: 8000, height: 6000 }, 2560)).toEqual([]);
  expect(windowsOf({ width: 1080, height: 2400 }, 2560)).toEqual([]);
});

test('a place in a window is one in the whole', () => {
  const part = { x: 0, y: 500, width: 100, height: 200 };
  const place = placedIn(part, { width: 100, height: 1000 });
  expect(place({ text: 'a', corners: [{ x: 0.5, y: 0.5 }] }).corners).toEqual([{ x: 0.5, y: 0.6 }]);
});
