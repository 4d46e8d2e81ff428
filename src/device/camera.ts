import type { CameraProblem, CameraStatus } from '../app/ports.ts';
import { hasTorch, lensIds, lightTorch, rememberedLens, rememberLens, wishes } from './lens.ts';
import { onResume } from './page-events.ts';

/** Milliseconds without a frame after which a live camera is opened again. */
const frameLimit = 1500;
/** The same for its first frame: slow phones need this long to warm up. */
const firstFrameLimit = 4000;
/** Milliseconds without use after which the camera is let go, to save the battery. */
const idleLimit = 60_000;
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
  let lens = rememberedLens();

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
    setStatus({ kind: 'starting' });
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
      const lit = track();
      setStatus({ kind: 'live', torch: lit !== undefined && hasTorch(lit), lenses });
    } catch (thrown) {
      if (mine === session) letGo({ kind: 'problem', problem: problemOf(thrown) });
    }
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
    if (status.kind !== 'live' || document.visibilityState === 'hidden') return;
    const now = performance.now();
    const frozen = now > frameBy && video.isConnected; // out of the page no frame is announced
    if (now - usedAt > idleLimit) letGo({ kind: 'paused' });
    else if (frozen) void reopen();
  }

  const wake = () => {
    frameBy = performance.now() + firstFrameLimit;
    if (status.kind === 'live' && dead()) void reopen();
  };
  let unwatch: (() => void) | undefined;

  return {
    video,
    async start(onStatus) {
      report = onStatus;
      usedAt = performance.now();
      unwatch ??= watchWith(watch, wake);
      openingsWithoutFrame = 0;
      if (status.kind === 'live' && !dead()) return report(status);
      await open();
    },
    stop() {
      unwatch?.();
      unwatch = undefined;
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
    async setTorch(on) {
      const lit = track();
      if (lit && hasTorch(lit)) await lightTorch(lit, on).catch(() => undefined);
    },
    async nextLens() {
      if (status.kind !== 'live') return;
      const ids = await lensIds();
      const current = track()?.getSettings().deviceId ?? lens ?? '';
      const next = ids[(ids.indexOf(current) + 1) % ids.length];
      if (next === undefined || next === current) return;
      lens = next;
      rememberLens(next);
      letGo({ kind: 'starting' });
      await open();
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

function createVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  video.autoplay = true;
  video.disablePictureInPicture = true;
  video.setAttribute('aria-hidden', 'true');
  return video;
}

function ask(lens: string | undefined): Promise<MediaStream> {
  if (!isSecureContext) throw new DOMException('not served over https', 'SecurityError');
  if (!navigator.mediaDevices) throw new DOMException('no camera interface', 'NotFoundError');
  return navigator.mediaDevices.getUserMedia(wishes(lens));
}

function release(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function watchWith(watch: () => void, wake: () => void): () => void {
  const timer = setInterval(watch, 250);
  const stopWaking = onResume(wake);
  return () => {
    clearInterval(timer);
    stopWaking();
  };
}

function problemOf(thrown: unknown): CameraProblem {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'SecurityError') return isSecureContext ? 'denied' : 'insecure';
  if (name === 'NotAllowedError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'failed';
}
