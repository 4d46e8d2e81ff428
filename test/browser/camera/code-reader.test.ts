// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Camera } from '../../../src/browser/camera/camera.ts';
import { createCodeReader } from '../../../src/browser/camera/code-reader.ts';
import type { CameraFrame, Sight } from '../../../src/decoder/protocol.ts';
import { ranked } from '../../../src/decoder/rank.ts';
import type { CameraHint, CameraStatus, CodeReader } from '../../../src/ports/code-reader.ts';

const codes = ['KK1:A', 'KK1:B'].map((text) => ({ text, corners: [] }));
const nothing: Sight = { codes: [], looked: true, light: 120 };

let announce: () => void;
let onStatus: (status: CameraStatus) => void;
let frames: CameraFrame[];
let hints: (CameraHint | undefined)[];
let texts: string[];
let statuses: CameraStatus[];
let sight: () => Promise<Sight>;
let reader: CodeReader;

class FakeVideoFrame {
  close() {}
}
const bitmap = { close: () => undefined } as ImageBitmap;

beforeEach(async () => {
  vi.useFakeTimers();
  [frames, hints, texts, statuses] = [[], [], [], []];
  sight = async () => nothing;
  vi.stubGlobal('VideoFrame', FakeVideoFrame);
  vi.stubGlobal('createImageBitmap', async () => bitmap);
  const video = {
    videoWidth: 1280,
    requestVideoFrameCallback: (callback: () => void) => (announce = callback),
  };
  const camera: Partial<Camera> = {
    video: video as unknown as HTMLVideoElement,
    start: async (listener) => {
      onStatus = listener;
    },
    stop: () => onStatus({ kind: 'off' }),
    touch: () => undefined,
    frameSeen: () => undefined,
    crop: () => 2,
    hint: (hint) => void hints.push(hint),
  };
  const decoder = {
    look: (frame: CameraFrame, zoom: number) => {
      expect(zoom).toBe(2);
      frames.push(frame);
      return sight();
    },
    readPicture: async () => codes,
    decoderName: () => undefined,
  };
  reader = createCodeReader(camera as Camera, decoder);
  await reader.start({
    text: (text) => void texts.push(text),
    status: (status) => void statuses.push(status),
  });
  onStatus({ kind: 'live', torch: true, lenses: 1 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function play(seconds: number) {
  for (let frame = 0; frame < seconds * 30; frame++) {
    announce();
    await vi.advanceTimersByTimeAsync(1000 / 30);
  }
}

test('frames go to the decoder uncopied, each one once the last is done with', async () => {
  sight = () => new Promise(() => undefined);
  await play(1);
  expect(frames).toHaveLength(1);
  expect(frames[0]).toBeInstanceOf(FakeVideoFrame);
});

test('where a frame cannot be sent, copies of it are from then on', async () => {
  sight = () => (frames.length === 1 ? Promise.reject(new Error()) : Promise.resolve(nothing));
  await play(0.2);
  expect(frames.slice(1).every((frame) => frame === bitmap)).toBe(true);
  expect(frames.length).toBeGreaterThan(2);
});

test('where a frame cannot be made of this video, a copy is looked at', async () => {
  vi.stubGlobal(
    'VideoFrame',
    class {
      constructor() {
        throw new DOMException('no', 'InvalidStateError');
      }
    },
  );
  await play(0.1);
  expect(frames[0]).toBe(bitmap);
});

test('a guard who reads nothing is helped after 6, 12 and 18 s, and no longer once a code is read', async () => {
  await play(5.8);
  expect(hints.every((hint) => hint === undefined)).toBe(true);
  await play(20);
  expect([...new Set(hints)]).toEqual([undefined, 'distance', 'clean-lens', 'manual']);
  sight = async () => ({ ...nothing, codes: ranked(codes.slice(0, 1)) });
  await play(0.1);
  expect(hints.at(-1)).toBeUndefined();
  expect(texts).toEqual(['KK1:A']);
});

test('in the dark the torch is proposed, until it is lit', async () => {
  sight = async () => ({ ...nothing, light: 10 });
  await play(7);
  expect(hints.at(-1)).toBe('torch');
  onStatus({ kind: 'live', torch: true, torchOn: true, lenses: 1 });
  await play(0.1);
  expect(hints.at(-1)).toBe('distance');
});

test('after a text the page has 200 ms for its verdict, then frames are looked at again', async () => {
  sight = async () => ({ ...nothing, codes: ranked(codes.slice(0, 1)) });
  await play(0.18);
  expect(frames).toHaveLength(1);
  await play(0.1);
  expect(frames.length).toBeGreaterThan(1);
});

const seen = (...texts: string[]) => ({
  ...nothing,
  codes: ranked(texts.map((text) => ({ text, corners: [] }))),
});

test("two people's passes in one view: one at a time is said, the first goes first, then the other", async () => {
  sight = async () => seen('KK1:A', 'KK1:B');
  await play(0.1);
  expect([texts, hints.at(-1)]).toEqual([['KK1:A'], 'one-at-a-time']);
  reader.hold(true); // its card is up, and still says so
  await play(3);
  expect(hints.at(-1)).toBe('one-at-a-time');
  reader.hold(false);
  await play(0.9);
  expect(texts).toContain('KK1:B');
});

test('one at a time is no longer said once one of the two is gone', async () => {
  sight = async () => seen('KK1:A', 'KK1:B');
  await play(0.1);
  sight = async () => seen('KK1:A');
  await play(2);
  expect(hints.at(-1)).toBeUndefined();
});

test('a code that is no pass and stays in view neither hides a pass nor keeps the camera from resting', async () => {
  sight = async () => seen('https://example.org');
  await play(5.5);
  expect(new Set(texts)).toEqual(new Set(['https://example.org']));
  sight = async () => seen('https://example.org', 'KK1:A');
  await play(1.5);
  expect(texts.filter((text) => text === 'KK1:A').length).toBeGreaterThan(0);
  expect(texts.at(-1)).toBe('KK1:A');
});

test('while held nothing is looked at', async () => {
  reader.hold(true);
  await play(1);
  expect(frames).toEqual([]);
});

test('a decoder that fails four times in a row is told, and the camera let go', async () => {
  sight = () => Promise.reject(new Error());
  await play(1);
  expect(frames).toHaveLength(4);
  expect(statuses.slice(-2)).toEqual([{ kind: 'off' }, { kind: 'problem', problem: 'failed' }]);
});

test('a picture with several codes gives them all, and the decoder has a name', async () => {
  expect(await reader.readPicture(new Blob())).toEqual(codes);
  expect(reader.decoderName()).toBe('loading');
});
