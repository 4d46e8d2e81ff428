import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findNative } from '../../src/decoder/native.ts';
import type { Point } from '../../src/decoder/protocol.ts';
import { selfTest } from '../../src/decoder/self-test.ts';

beforeEach(() => {
  vi.stubGlobal('ImageData', class {});
  vi.stubGlobal('createImageBitmap', async () => ({ close: () => undefined }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser whose detector answers like this. */
function browserWith(detect: () => Promise<{ rawValue: string; cornerPoints?: Point[] }[]>) {
  vi.stubGlobal(
    'BarcodeDetector',
    class {
      detect = detect;
    },
  );
}

test('a browser without a detector has none', async () => {
  expect(await findNative()).toBeUndefined();
});

test('a detector that reads the test code is used, and gives every code with its place', async () => {
  const cornerPoints = [{ x: 64, y: 36 }];
  browserWith(async () => [{ rawValue: selfTest.text }, { rawValue: 'other', cornerPoints }]);
  const native = await findNative();
  expect(await native?.({ width: 128, height: 144 } as ImageBitmap)).toEqual([
    { text: selfTest.text, corners: [] },
    { text: 'other', corners: [{ x: 0.5, y: 0.25 }] },
  ]);
});

test.each([
  ['reads nothing, as without Google Play Services', async () => []],
  ['reads something else', async () => [{ rawValue: selfTest.text.toLowerCase() }]],
  ['fails', () => Promise.reject(new Error('no service'))],
])('a detector that %s is not used', async (_, detect) => {
  browserWith(detect);
  expect(await findNative()).toBeUndefined();
});

test('a detector that never answers is not waited for', async () => {
  vi.useFakeTimers();
  browserWith(() => new Promise(() => undefined));
  const finding = findNative();
  await vi.advanceTimersByTimeAsync(3000);
  expect(await finding).toBeUndefined();
});
