// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CameraStatus } from '../../src/app/ports.ts';
import { type Camera, createCamera } from '../../src/device/camera.ts';

interface FakeTrack {
  readyState: 'live' | 'ended';
  readonly deviceId: string;
  torch: boolean;
}

let tracks: FakeTrack[];
let requests: MediaStreamConstraints[];
let refuseWith: string | undefined;
let statuses: CameraStatus[];
let camera: Camera;

function fakeStream(deviceId: string): MediaStream {
  const track: FakeTrack = { readyState: 'live', deviceId, torch: false };
  tracks.push(track);
  const face = {
    get readyState() {
      return track.readyState;
    },
    stop: () => {
      track.readyState = 'ended';
    },
    getCapabilities: () => ({ torch: deviceId === 'back' }),
    getSettings: () => ({ deviceId }),
    applyConstraints: async ({ advanced }: { advanced: [{ torch: boolean }] }) => {
      track.torch = advanced[0].torch;
    },
  };
  return { getTracks: () => [face], getVideoTracks: () => [face] } as unknown as MediaStream;
}

/** A detached element that plays anything. */
function fakeVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  Object.defineProperty(video, 'srcObject', { value: null, writable: true });
  video.play = async () => undefined;
  document.body.append(video);
  return video;
}

const kinds = () => statuses.map(({ kind }) => kind);
const start = () => camera.start((status) => void statuses.push(status));

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  tracks = [];
  requests = [];
  statuses = [];
  refuseWith = undefined;
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: {
      async getUserMedia(wishes: MediaStreamConstraints) {
        requests.push(wishes);
        if (refuseWith) throw new DOMException('refused', refuseWith);
        const { deviceId } = wishes.video as { deviceId?: { ideal: string } };
        return fakeStream(deviceId?.ideal ?? 'back');
      },
      enumerateDevices: async () => [
        { kind: 'videoinput', deviceId: 'back' },
        { kind: 'audioinput', deviceId: 'microphone' },
        { kind: 'videoinput', deviceId: 'front' },
      ],
    },
  });
  camera = createCamera(fakeVideo());
});
afterEach(() => {
  camera.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

test('one start asks for the camera once, with wishes and no demands', async () => {
  await Promise.all([start(), start()]);
  await start();
  expect(requests).toHaveLength(1);
  expect(JSON.stringify(requests)).not.toContain('exact');
  expect(statuses.at(-1)).toEqual({ kind: 'live', torch: true, lenses: 2 });
});

test('stopping while the person is still being asked lets the camera go', async () => {
  const starting = start();
  camera.stop();
  await starting;
  expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended']);
  expect(kinds().at(-1)).toBe('off');
});

describe('what went wrong is named', () => {
  test.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s is %s', async (name, problem) => {
    refuseWith = name;
    await start();
    expect(statuses.at(-1)).toEqual({ kind: 'problem', problem });
  });

  test('a page without https is insecure', async () => {
    vi.stubGlobal('isSecureContext', false);
    await start();
    expect(statuses.at(-1)).toEqual({ kind: 'problem', problem: 'insecure' });
  });

  test('after a refusal the next start asks again', async () => {
    refuseWith = 'NotAllowedError';
    await start();
    refuseWith = undefined;
    await start();
    expect(kinds().at(-1)).toBe('live');
  });
});

describe('while it runs', () => {
  test('a picture frozen for 1.5 s is opened again, a moving one is not', async () => {
    await start();
    for (let at = 0; at < 5000; at += 100) {
      camera.frameSeen();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(requests).toHaveLength(2);
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
  });

  test('a camera that never shows a frame is given up after three openings', async () => {
    await start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(requests).toHaveLength(3);
    expect(statuses.at(-1)).toEqual({ kind: 'problem', problem: 'failed' });
  });

  test.each(['pageshow', 'focus'])(
    'a track that died in sleep is opened again on %s',
    async (event) => {
      await start();
      for (const track of tracks) track.readyState = 'ended';
      window.dispatchEvent(new Event(event));
      await vi.advanceTimersByTimeAsync(0);
      expect(requests).toHaveLength(2);
      expect(kinds().at(-1)).toBe('live');
    },
  );

  test('after a minute without use it is let go, and the next use wakes it', async () => {
    await start();
    for (let at = 0; at < 61_000; at += 500) {
      camera.frameSeen();
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(statuses.at(-1)).toEqual({ kind: 'paused' });
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended']);
    camera.touch();
    await vi.advanceTimersByTimeAsync(0);
    expect(kinds().at(-1)).toBe('live');
  });

  test('the next lens is asked for once, remembered, and wished for next time', async () => {
    await start();
    await camera.nextLens();
    expect(requests).toHaveLength(2);
    expect(statuses.at(-1)).toEqual({ kind: 'live', torch: false, lenses: 2 });
    camera.stop();
    camera = createCamera(fakeVideo());
    await start();
    expect(requests.at(-1)?.video).toMatchObject({ deviceId: { ideal: 'front' } });
  });

  test('the torch is lit only by a lens that has one', async () => {
    await start();
    await camera.setTorch(true);
    expect(tracks.at(-1)?.torch).toBe(true);
    await camera.nextLens();
    await camera.setTorch(true);
    expect(tracks.at(-1)?.torch).toBe(false);
  });
});
