import type { CodeReader } from '../app/ports.ts';
import { Fault } from '../core/fault.ts';
import type { Camera } from './camera.ts';
import type { Decoder } from './decoder-worker.ts';
import { runFrameLoop } from './frame-loop.ts';
import { readPicture } from './picture.ts';

/** Milliseconds before a text still in view is delivered again. */
const repeatAfter = 1000;
/** Failures of the decoder in a row after which the guard must know: nothing will be read. */
const failureLimit = 4;

/** Texts out of the camera's frames: camera, frame loop and decoder in one port. */
export function createCodeReader(camera: Camera, decoder: Decoder): CodeReader {
  const isNew = createRepeatFilter(repeatAfter);
  let held = false;
  let on: Parameters<CodeReader['start']>[0] | undefined;
  let stopFrames: (() => void) | undefined;
  let failures = 0;

  async function look(): Promise<void> {
    const bitmap = await createImageBitmap(camera.video).catch(() => undefined);
    if (!bitmap) return; // between two streams: the next frame will do
    try {
      deliver(await decoder.decode('frame', bitmap));
      failures = 0;
    } catch {
      failures += 1;
      if (failures >= failureLimit) giveUp();
    }
  }

  function deliver(texts: readonly string[]): void {
    if (texts.length > 0) camera.touch();
    if (held) return;
    for (const text of texts) if (isNew(text, performance.now())) on?.text(text);
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
    async start(listener) {
      on = listener;
      failures = 0;
      stopFrames ??= runFrameLoop(camera.video, {
        look: () => (held || camera.video.videoWidth === 0 ? undefined : look()),
        seen: camera.frameSeen,
      });
      await camera.start(listener.status);
    },
    stop,
    hold(next) {
      held = next;
      camera.touch();
    },
    setTorch: camera.setTorch,
    nextLens: camera.nextLens,
    async readPicture(file) {
      if (file instanceof Blob) return readPicture(decoder, file);
      throw new Fault('picture-unreadable', 'not a file of this browser');
    },
  };
}

/** Says whether a text was not delivered within the last `ms`. Forgets everything older. */
export function createRepeatFilter(ms: number): (text: string, now: number) => boolean {
  const delivered = new Map<string, number>();
  return (text, now) => {
    for (const [known, at] of delivered) if (now - at >= ms) delivered.delete(known);
    if (delivered.has(text)) return false;
    delivered.set(text, now);
    return true;
  };
}
