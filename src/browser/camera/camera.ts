import type { CameraHint, CameraStatus } from '../../ports/code-reader.ts';
import { onCameraChange, onResume } from '../page-events.ts';
import { ask, createVideo, enlarge, problemOf, release } from './camera-stream.ts';
import { lensIds, rememberedLens, rememberLens } from './lens.ts';
import { focusAlways, hasTorch, lightTorch, zoomLens } from './track-controls.ts';

/** Milliseconds without a frame after which a live camera is opened again. */
const frameLimit = 1500;
/** The same for its first frame: slow phones need this long to warm up. */
const firstFrameLimit = 4000;
/** Milliseconds without use after which the torch goes off, and the camera is let go: the battery. */
const torchLimit = 45_000;
const idleLimit = 60_000;
/** Milliseconds out of sight after which it is let go, to be opened again when the page is back. */
const hiddenLimit = 10_000;
/** Milliseconds before a camera another program holds is asked for again. */
const busyRetry = 5000;
/** Openings in a row that showed no frame; then it is broken. */
const openingLimit = 3;

/** The one camera. `start` asks for it once; every later change goes to the status listener. */
export interface Camera {
  readonly video: HTMLVideoElement;
  start(onStatus: (status: CameraStatus) => void): Promise<void>;
  stop(): void;
  /** Somebody is using it: a frame was read, a card was closed. Wakes it when it was paused. */
  touch(): void;
  /** A frame came. */
  frameSeen(): void;
  setTorch(on: boolean): Promise<void>;
  nextLens(): Promise<void>;
  setZoom(times: number): Promise<void>;
  /** Only the middle 1/crop of each frame is on screen: the part of the zoom the lens cannot do. */
  crop(): number;
  /** Shows or takes away a hint in the live status. */
  hint(hint: CameraHint | undefined): void;
}

export function createCamera(video: HTMLVideoElement = createVideo()): Camera {
  let report: (status: CameraStatus) => void = () => undefined;
  let status: CameraStatus = { kind: 'off' };
  let stream: MediaStream | undefined;
  let opening: Promise<void> | undefined;
  let session = 0;
  let openingsWithoutFrame = 0;
  let usedAt = 0;
  let frameBy = 0;
  let askedAt = 0;
  let seenAt = 0;
  let isAsleep = false;
  let lens = rememberedLens();
  let zoom = 1;
  let crop = 1;
  let torchOn = false;

  const track = () => stream?.getVideoTracks()[0];
  const dead = () => track()?.readyState !== 'live';
  const setStatus = (next: CameraStatus) => {
    status = next;
    report(next);
  };

  function letGo(next: CameraStatus): void {
    session += 1;
    opening = undefined;
    release(stream);
    stream = undefined;
    video.srcObject = null;
    setStatus(next);
  }

  function open(): Promise<void> {
    if (opening) return opening;
    const mine = openOnce(session).finally(() => {
      if (opening === mine) opening = undefined;
    });
    opening = mine;
    return mine;
  }

  async function openOnce(mine: number): Promise<void> {
    if (status.kind !== 'problem') setStatus({ kind: 'starting' }); // a retry goes unseen
    askedAt = performance.now();
    try {
      const opened = await ask(lens);
      if (mine !== session) return release(opened);
      stream = opened;
      video.srcObject = opened;
      await video.play().catch(() => undefined); // autoplay starts it as soon as it is shown
      const lenses = (await lensIds()).length;
      if (mine !== session) return;
      usedAt = performance.now();
      frameBy = usedAt + firstFrameLimit;
      await showLive(lenses);
    } catch (thrown) {
      if (mine === session) letGo({ kind: 'problem', problem: problemOf(thrown) });
    }
  }

  async function showLive(lenses: number): Promise<void> {
    const opened = track();
    if (!opened) return;
    const torch = hasTorch(opened);
    void focusAlways(opened);
    if (zoom > 1) await zoomTo(zoom);
    torchOn = torch && torchOn && (await lightTorch(opened, true));
    if (opened === track()) setStatus({ kind: 'live', torch, torchOn, lenses, zoom });
  }

  async function zoomTo(times: number): Promise<void> {
    const opened = track();
    const left = opened ? await zoomLens(opened, times) : times;
    zoom = times;
    crop = left;
    enlarge(video, left);
  }

  /** Same start, other stream: the picture froze or the system took the camera. */
  async function reopen(): Promise<void> {
    if (opening) return opening;
    openingsWithoutFrame += 1;
    const broken = openingsWithoutFrame >= openingLimit;
    letGo(broken ? { kind: 'problem', problem: 'failed' } : { kind: 'starting' });
    if (!broken) await open();
  }

  function watch(): void {
    const now = performance.now();
    if (document.visibilityState === 'hidden') {
      if (now - seenAt > hiddenLimit) sleep();
      return;
    }
    seenAt = now;
    if (isBusy() && now - askedAt > busyRetry) void open();
    if (status.kind !== 'live') return;
    const frozen = now > frameBy && video.isConnected; // out of the page no frame is announced
    if (now - usedAt > idleLimit) {
      torchOn = false;
      letGo({ kind: 'paused' });
    } else if (frozen || dead()) void reopen();
    else if (torchOn && now - usedAt > torchLimit) void setTorch(false);
  }

  function sleep(): void {
    if (status.kind !== 'live') return;
    isAsleep = true;
    torchOn = false;
    letGo({ kind: 'paused' });
  }

  const isBusy = () => status.kind === 'problem' && status.problem === 'busy';
  const wake = () => {
    frameBy = performance.now() + firstFrameLimit;
    if (isBusy() || (isAsleep && status.kind === 'paused')) void open();
    isAsleep = false;
    if (status.kind === 'live' && dead()) void reopen();
  };
  /** A camera was plugged in, or allowed in the browser's settings. */
  const retry = () => {
    openingsWithoutFrame = 0;
    if (status.kind === 'problem') void open();
  };
  let unwatch: (() => void) | undefined;

  async function setTorch(on: boolean): Promise<void> {
    const lit = track();
    if (!lit || !hasTorch(lit) || !(await lightTorch(lit, on))) return;
    torchOn = on;
    if (on) usedAt = performance.now();
    if (status.kind === 'live') setStatus({ ...status, torchOn });
  }

  return {
    video,
    setTorch,
    async start(onStatus) {
      report = onStatus;
      usedAt = performance.now();
      unwatch ??= watchWith(watch, wake, retry);
      openingsWithoutFrame = 0;
      if (status.kind === 'live' && !dead()) return report(status);
      if (status.kind === 'problem') status = { kind: 'off' };
      await open();
    },
    stop() {
      unwatch?.();
      unwatch = undefined;
      torchOn = false;
      letGo({ kind: 'off' });
    },
    touch() {
      usedAt = performance.now();
      if (status.kind === 'paused') void open();
    },
    frameSeen() {
      frameBy = performance.now() + frameLimit;
      openingsWithoutFrame = 0;
    },
    async nextLens() {
      if (status.kind !== 'live') return;
      const ids = await lensIds();
      const current = track()?.getSettings().deviceId ?? lens ?? '';
      const next = ids[(ids.indexOf(current) + 1) % ids.length];
      if (next === undefined || next === current) return;
      lens = next;
      rememberLens(next);
      torchOn = false;
      letGo({ kind: 'starting' });
      await open();
    },
    async setZoom(times) {
      await zoomTo(Math.min(3, Math.max(1, Math.round(times))));
      if (status.kind === 'live') setStatus({ ...status, zoom });
    },
    crop: () => crop,
    hint(hint) {
      if (status.kind !== 'live' || status.hint === hint) return;
      const { hint: _, ...live } = status;
      setStatus(hint === undefined ? live : { ...live, hint });
    },
  };
}

/** Puts the camera's picture into the page; the result takes it out again. */
export function mountVideo(video: HTMLVideoElement, container: HTMLElement): () => void {
  container.append(video);
  video.play().catch(() => undefined); // an element that was moved stands still
  return () => {
    if (video.parentElement === container) video.remove();
  };
}

function watchWith(watch: () => void, wake: () => void, retry: () => void): () => void {
  const timer = setInterval(watch, 250);
  const stops = [onResume(wake), onCameraChange(retry)];
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}
