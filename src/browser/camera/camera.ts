import type { CameraHint, CameraStatus } from '../../ports/code-reader.ts';
import { afterCamera, type CameraEffect, type CameraHappening, cameraOff } from './camera-state.ts';
import { ask, createVideo, enlarge, problemOf, release } from './camera-stream.ts';
import { watchCamera } from './camera-watch.ts';
import { lensIds, rememberedLens, rememberLens } from './lens.ts';
import { focusAlways, hasTorch, lightTorch, zoomLens } from './track-controls.ts';

/** The one camera. `start` asks for it once; every later change goes to the status listener. */
export interface Camera {
  readonly video: HTMLVideoElement;
  /** `front`: the one on the side of the screen. */
  start(onStatus: (status: CameraStatus) => void, facing?: 'front' | 'back'): Promise<void>;
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

/** The browser's camera, moved by `camera-state`: what happened goes in, what is to be done comes out. */
export function createCamera(video: HTMLVideoElement = createVideo()): Camera {
  let report: (status: CameraStatus) => void = () => undefined;
  let state = cameraOff;
  let stream: MediaStream | undefined;
  let opening: Promise<void> | undefined;
  let lens = rememberedLens();
  let isFront = false;
  let crop = 1;
  let unwatch: (() => void) | undefined;

  const track = () => stream?.getVideoTracks()[0];
  const isDead = () => track()?.readyState !== 'live';

  /** The listener comes last: it may call us again. */
  function tell(happening: CameraHappening): void {
    const before = state.status;
    const step = afterCamera(state, { ...happening, now: performance.now() });
    state = step.state;
    for (const effect of step.effects) carryOut(effect);
    if (state.status !== before || step.effects.includes('say-again')) report(state.status);
  }

  function carryOut(effect: CameraEffect): void {
    if (effect === 'let-go') letGo();
    if (effect === 'open') opening = open(state.session);
    if (effect === 'torch-off') void setTorch(false);
  }

  function letGo(): void {
    release(stream);
    stream = undefined;
    video.srcObject = null;
  }

  async function open(session: number): Promise<void> {
    const isOver = () => session !== state.session;
    try {
      const asked = await ask(lens, isFront);
      if (isOver()) return release(asked);
      stream = asked;
      video.srcObject = asked;
      await video.play().catch(() => undefined); // autoplay starts it as soon as it is shown
      const lenses = (await lensIds()).length;
      const opened = track();
      if (isOver()) return;
      if (!opened) throw new DOMException('a stream without a picture', 'NotFoundError');
      void focusAlways(opened);
      const torch = hasTorch(opened);
      if (state.zoom > 1) await enlargeBy(state.zoom);
      const torchOn = torch && state.torchOn && (await lightTorch(opened, true));
      tell({ kind: 'opened', session, lenses, torch, torchOn });
    } catch (thrown) {
      tell({ kind: 'refused', session, problem: problemOf(thrown) });
    }
  }

  async function enlargeBy(times: number): Promise<void> {
    const opened = track();
    crop = opened ? await zoomLens(opened, times) : times;
    enlarge(video, crop);
  }

  async function setTorch(on: boolean): Promise<void> {
    const lit = track();
    const { session } = state;
    if (!lit || !hasTorch(lit) || !(await lightTorch(lit, on))) return;
    tell({ kind: 'torch-set', session, on });
  }

  return {
    video,
    setTorch,
    async start(onStatus, facing) {
      report = onStatus;
      isFront = facing === 'front';
      unwatch ??= watchCamera(video, isDead, tell);
      tell({ kind: 'start', isDead: isDead() });
      if (state.isOpening) await opening;
    },
    stop() {
      unwatch?.();
      unwatch = undefined;
      tell({ kind: 'stop' });
    },
    touch: () => tell({ kind: 'used' }),
    frameSeen: () => tell({ kind: 'frame' }),
    async nextLens() {
      if (state.status.kind !== 'live') return;
      const ids = await lensIds();
      const current = track()?.getSettings().deviceId ?? lens ?? '';
      const next = ids[(ids.indexOf(current) + 1) % ids.length];
      if (next === undefined || next === current) return;
      lens = next;
      rememberLens(next);
      tell({ kind: 'lens-chosen' });
      if (state.isOpening) await opening;
    },
    async setZoom(wanted) {
      const times = Math.min(3, Math.max(1, Math.round(wanted)));
      await enlargeBy(times);
      tell({ kind: 'zoomed', times });
    },
    crop: () => crop,
    hint: (hint) => tell({ kind: 'hint', hint }),
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
