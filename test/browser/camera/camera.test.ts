// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Camera, createCamera } from '../../../src/browser/camera/camera.ts';
import type { CameraStatus } from '../../../src/ports/code-reader.ts';

interface FakeTrack {
  readyState: 'live' | 'ended';
  readonly deviceId: string;
  torch: boolean;
  zoom: number;
  focusMode?: string;
}

let tracks: FakeTrack[];
let requests: MediaStreamConstraints[];
let refuseWith: string | undefined;
let statuses: CameraStatus[];
let camera: Camera;

interface Wishes {
  readonly deviceId?: { ideal: string };
  readonly facingMode?: { ideal: string };
}
/** The lenses there are, the system's default first, as on phones: the front one. */
let lenses: string[];
/** Whether the page may see the ids of cameras. */
let isAllowed: boolean;

/** The lens that fits the wishes best (Media Capture and Streams, fitness distance); of equals the first. */
function fitting({ deviceId, facingMode }: Wishes): string {
  const distance = (lens: string) =>
    (deviceId && deviceId.ideal !== lens ? 1 : 0) +
    (facingMode && !lens.startsWith('back') ? 1 : 0);
  return lenses.reduce((best, lens) => (distance(lens) < distance(best) ? lens : best));
}

function fakeStream(deviceId: string): MediaStream {
  const track: FakeTrack = { readyState: 'live', deviceId, torch: false, zoom: 1 };
  tracks.push(track);
  const face = {
    get readyState() {
      return track.readyState;
    },
    stop: () => {
      track.readyState = 'ended';
    },
    getCapabilities: () => ({
      torch: deviceId === 'back',
      ...(deviceId === 'back' && {
        zoom: { min: 0.5, max: 2 },
        focusMode: ['manual', 'continuous'],
      }),
    }),
    getSettings: () => ({ deviceId }),
    applyConstraints: async ({ advanced }: { advanced: [Partial<FakeTrack>] }) => {
      Object.assign(track, advanced[0]);
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

const live = { kind: 'live', torchOn: false, lenses: 2, zoom: 1 };
const kinds = () => statuses.map(({ kind }) => kind);
const start = () => camera.start((status) => void statuses.push(status));

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  tracks = [];
  requests = [];
  statuses = [];
  refuseWith = undefined;
  lenses = ['front', 'back'];
  isAllowed = true;
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(new EventTarget(), {
      async getUserMedia(wishes: MediaStreamConstraints) {
        requests.push(wishes);
        if (refuseWith) throw new DOMException('refused', refuseWith);
        const opened = fitting(wishes.video as Wishes);
        isAllowed = true;
        return fakeStream(opened);
      },
      enumerateDevices: async () =>
        [...lenses.map((deviceId) => ['videoinput', deviceId]), ['audioinput', 'microphone']].map(
          ([kind, deviceId]) => ({ kind, deviceId: isAllowed ? deviceId : '' }),
        ),
    }),
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
  expect(statuses.at(-1)).toEqual({ ...live, torch: true });
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

  test('a stream without a picture is a missing camera, not one that starts for ever', async () => {
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async () => {
      const sound = { getTracks: () => [], getVideoTracks: () => [] };
      return sound as unknown as MediaStream;
    });
    await start();
    expect(statuses.at(-1)).toEqual({ kind: 'problem', problem: 'missing' });
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
    expect(statuses.at(-1)).toEqual({ ...live, torch: false });
    camera.stop();
    camera = createCamera(fakeVideo());
    await start();
    expect(requests.at(-1)?.video).toMatchObject({ deviceId: { ideal: 'front' } });
  });

  describe('a remembered lens that is gone opens the back camera, never the front one by accident', () => {
    const opened = () => tracks.map(({ deviceId }) => deviceId);
    const remembered = async (lens: string) => {
      localStorage.setItem('kakou.lens', lens);
      camera = createCamera(fakeVideo());
      await start();
    };

    test('where the page knows the lenses', async () => {
      await remembered('unplugged');
      expect(opened()).toEqual(['back']);
      expect(requests).toHaveLength(1);
    });

    test('where the camera has not been allowed yet', async () => {
      isAllowed = false;
      await remembered('unplugged');
      expect(opened()).toEqual(['back']);
      expect(requests).toHaveLength(1);
    });

    test('when it goes while it is open', async () => {
      lenses.push('plugged-in');
      await remembered('plugged-in');
      expect(opened()).toEqual(['plugged-in']);
      lenses.pop();
      for (const track of tracks) track.readyState = 'ended';
      await vi.advanceTimersByTimeAsync(500);
      expect(opened()).toEqual(['plugged-in', 'back']);
    });

    test('while one that is there opens, the front one too, allowed before or not', async () => {
      for (const allowed of [true, false]) {
        isAllowed = allowed;
        lenses = ['back', 'front'];
        await remembered('front');
        expect([allowed, opened().at(-1)]).toEqual([allowed, 'front']);
        expect(tracks.filter(({ readyState }) => readyState === 'live')).toHaveLength(1);
        camera.stop();
      }
      expect(JSON.stringify(requests)).not.toContain('exact');
    });

    test('and where the browser names no lens at all', async () => {
      vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockRejectedValue(new Error('broken'));
      await remembered('unplugged');
      expect([opened(), kinds().at(-1)]).toEqual([['back'], 'live']);
    });
  });

  test('the torch is lit only by a lens that has one', async () => {
    await start();
    await camera.setTorch(true);
    expect(tracks.at(-1)?.torch).toBe(true);
    await camera.nextLens();
    await camera.setTorch(true);
    expect(tracks.at(-1)?.torch).toBe(false);
  });

  test('a torch that answers after a stop does not light the next start', async () => {
    await start();
    const lighting = camera.setTorch(true);
    camera.stop();
    await lighting;
    await start();
    expect(tracks.at(-1)?.torch).toBe(false);
    expect(statuses.at(-1)).toMatchObject({ kind: 'live', torchOn: false });
  });

  test('a track that dies with no event at all is opened again within half a second', async () => {
    await start();
    for (const track of tracks) track.readyState = 'ended';
    await vi.advanceTimersByTimeAsync(500);
    expect(requests).toHaveLength(2);
    expect(kinds().at(-1)).toBe('live');
  });

  test('a lit torch is lit again when the camera had to be opened again', async () => {
    await start();
    await camera.setTorch(true);
    for (const track of tracks) track.readyState = 'ended';
    await vi.advanceTimersByTimeAsync(500);
    expect(tracks.at(-1)?.torch).toBe(true);
    expect(statuses.at(-1)).toMatchObject({ torchOn: true });
  });

  test('the torch goes off by itself after 45 s without use, the camera stays', async () => {
    await start();
    await camera.setTorch(true);
    for (let at = 0; at < 46_000; at += 500) {
      camera.frameSeen();
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(tracks.map(({ torch }) => torch)).toEqual([false]);
    expect(statuses.at(-1)).toMatchObject({ kind: 'live', torchOn: false });
  });

  test('a lens that can focus by itself is asked to go on doing so', async () => {
    await start();
    await vi.advanceTimersByTimeAsync(0);
    expect(tracks.at(-1)?.focusMode).toBe('continuous');
  });

  test('zoom is done by the lens as far as it goes, and the rest by cropping', async () => {
    await start();
    await camera.setZoom(2);
    expect([tracks.at(-1)?.zoom, camera.crop()]).toEqual([2, 1]);
    await camera.setZoom(3);
    expect([tracks.at(-1)?.zoom, camera.crop()]).toEqual([2, 1.5]);
    expect(camera.video.style.transform).toBe('scale(1.5)');
    expect(statuses.at(-1)).toMatchObject({ zoom: 3 });
  });

  test('zoom outlives a change to a lens that has none', async () => {
    await start();
    await camera.setZoom(2);
    await camera.nextLens();
    expect(camera.crop()).toBe(2);
    expect(statuses.at(-1)).toMatchObject({ zoom: 2 });
    await camera.setZoom(1);
    expect([camera.crop(), camera.video.style.transform]).toEqual([1, '']);
  });

  test('a hint is shown with the live picture and taken away again', async () => {
    await start();
    camera.hint('distance');
    camera.hint('distance');
    expect(statuses.at(-1)).toEqual({ ...live, torch: true, hint: 'distance' });
    camera.hint(undefined);
    expect(statuses.at(-1)).toEqual({ ...live, torch: true });
    expect(statuses).toHaveLength(4);
  });
});

describe('a camera that could not be had', () => {
  test('because another program holds it is asked for again every 5 s, unseen, until it is free', async () => {
    refuseWith = 'NotReadableError';
    await start();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(requests.length).toBe(3);
    expect(new Set(kinds().slice(1))).toEqual(new Set(['problem']));
    refuseWith = undefined;
    await vi.advanceTimersByTimeAsync(6000);
    expect(kinds().at(-1)).toBe('live');
  });

  test('because there was none starts when one is plugged in', async () => {
    refuseWith = 'NotFoundError';
    await start();
    refuseWith = undefined;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(kinds().at(-1)).toBe('live');
  });

  test('because the person refused is not asked for again by itself', async () => {
    refuseWith = 'NotAllowedError';
    await start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(1);
  });

  test('is left alone after a stop', async () => {
    refuseWith = 'NotReadableError';
    await start();
    camera.stop();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(requests).toHaveLength(1);
  });
});

describe('a page out of sight', () => {
  const show = (state: 'hidden' | 'visible') => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
  };
  afterEach(() => void vi.restoreAllMocks());

  test('keeps its camera through a short look elsewhere', async () => {
    await start();
    show('hidden');
    await vi.advanceTimersByTimeAsync(9000);
    show('visible');
    expect(requests).toHaveLength(1);
    expect(tracks[0]?.readyState).toBe('live');
  });

  test('lets the camera and its light go after 10 s, and opens it when it is back', async () => {
    await start();
    await camera.setTorch(true);
    show('hidden');
    await vi.advanceTimersByTimeAsync(11_000);
    expect(tracks[0]?.readyState).toBe('ended');
    expect(kinds().at(-1)).toBe('paused');
    show('visible');
    await vi.advanceTimersByTimeAsync(100);
    expect(requests).toHaveLength(2);
    expect(statuses.at(-1)).toEqual({ ...live, torch: true });
  });

  test('that was paused before stays paused when it is back', async () => {
    await start();
    for (let second = 0; second < 62; second++) {
      camera.frameSeen();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(kinds().at(-1)).toBe('paused');
    show('hidden');
    await vi.advanceTimersByTimeAsync(11_000);
    show('visible');
    await vi.advanceTimersByTimeAsync(100);
    expect(requests).toHaveLength(1);
  });
});
