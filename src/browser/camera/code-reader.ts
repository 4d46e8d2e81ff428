import { Fault } from '../../core/fault.ts';
import type { CameraFrame, SeenCode } from '../../decoder/protocol.ts';
import type { CameraHint, CodeReader } from '../../ports/code-reader.ts';
import type { Camera } from './camera.ts';
import type { Decoder } from './decoder-worker.ts';
import { runFrameLoop } from './frame-loop.ts';
import { hintAfter } from './hints.ts';
import { createTextFilter } from './text-filter.ts';

/** Failures of the decoder in a row after which the guard must know: nothing will be read. */
const failureLimit = 4;

/** Milliseconds without a look after a text: the page's time is for its verdict. */
const pauseAfterText = 200;

/** Milliseconds for which two passes in one view are spoken of after the last look that showed them. */
const crowdedFor = 1500;

/** Texts out of the camera's frames: camera, frame loop and decoder in one port. */
export function createCodeReader(camera: Camera, decoder: Decoder): CodeReader {
  const choose = createTextFilter();
  const capture = createCapture(camera.video);
  let held = false;
  let on: Parameters<CodeReader['start']>[0] | undefined;
  let stopFrames: (() => void) | undefined;
  let failures = 0;
  let torch = false;
  let searchingSince = 0;
  let pausedUntil = 0;
  let crowdedUntil = 0;

  async function look(): Promise<void> {
    const frame = await capture.frame();
    if (!frame) return; // between two streams: the next frame will do
    try {
      const { codes, looked, light } = await decoder.look(frame, camera.crop());
      failures = 0;
      if (!looked) return;
      const passes = codes.filter(({ isPass }) => isPass).length;
      if (passes > 0) used();
      camera.hint(hintFor(passes, light));
      deliver(codes);
    } catch {
      capture.failed();
      failures += 1;
      if (failures >= failureLimit) giveUp();
    }
  }

  const isPaused = () => held || camera.video.videoWidth === 0 || performance.now() < pausedUntil;

  function used(): void {
    searchingSince = performance.now();
    camera.touch();
  }

  /** Two people's passes in one view: the verdict is about one of them. */
  function hintFor(passes: number, light: number | undefined): CameraHint | undefined {
    const now = performance.now();
    if (passes > 1) crowdedUntil = now + crowdedFor;
    if (now < crowdedUntil) return 'one-at-a-time';
    return hintAfter(now - searchingSince, { light, torch });
  }

  function deliver(codes: readonly SeenCode[]): void {
    if (held) return;
    const now = performance.now();
    const text = choose(codes, now);
    if (text === undefined) return;
    pausedUntil = now + pauseAfterText;
    used();
    on?.text(text);
  }

  function stop(): void {
    stopFrames?.();
    stopFrames = undefined;
    camera.stop();
    on = undefined;
  }

  function giveUp(): void {
    const listener = on;
    stop();
    listener?.status({ kind: 'problem', problem: 'failed' });
  }

  return {
    async start(listener, facing) {
      on = listener;
      failures = 0;
      searchingSince = performance.now();
      stopFrames ??= runFrameLoop(camera.video, {
        look: () => (isPaused() ? undefined : look()),
        seen: camera.frameSeen,
      });
      await camera.start((status) => {
        torch = status.kind === 'live' && status.torch && !status.torchOn;
        listener.status(status);
      }, facing);
    },
    stop,
    hold(next) {
      held = next;
      used();
      if (performance.now() >= crowdedUntil) camera.hint(undefined);
    },
    setTorch: camera.setTorch,
    nextLens: camera.nextLens,
    setZoom: camera.setZoom,
    decoderName: () => decoder.decoderName() ?? 'loading',
    async readPicture(file) {
      if (file instanceof Blob) return decoder.readPicture(file);
      throw new Fault('picture-unreadable', 'not a file of this browser');
    },
  };
}

/**
 * The video's newest frame. A `VideoFrame` is the camera's own memory and costs the page nothing; a
 * bitmap is a copy (5 ms of the page's time at 1280×720) for browsers that cannot make or send one.
 */
function createCapture(video: HTMLVideoElement) {
  let direct = 'VideoFrame' in globalThis;
  return {
    async frame(): Promise<CameraFrame | undefined> {
      try {
        if (direct) return new VideoFrame(video);
      } catch {
        // not of this video, or not yet: a copy then
      }
      return createImageBitmap(video).catch(() => undefined);
    },
    failed(): void {
      direct = false;
    },
  };
}
