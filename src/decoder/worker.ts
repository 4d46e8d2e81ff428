import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { createSearch, type Frame, readAll } from './decode.ts';
import { type Region, type Rgba, toLuminance } from './luminance.ts';
import type { DecoderAnswer, DecoderRequest } from './protocol.ts';
import { loadZxing } from './zxing.ts';

declare const self: DedicatedWorkerGlobalScope;

const engine = loadZxing({ wasmUrl }).then((read) => ({ read, search: createSearch(read) }));
engine.catch(() => undefined); // told to each request below

self.onmessage = async ({ data }: MessageEvent<DecoderRequest>) => {
  self.postMessage(await answer(data));
};

async function answer({ id, kind, bitmap }: DecoderRequest): Promise<DecoderAnswer> {
  try {
    const { read, search } = await engine;
    const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
    const texts = kind === 'frame' ? search(frameOf(bitmap)) : readAll(read, pixels(bitmap, whole));
    return { id, texts };
  } catch {
    return { id, failed: true };
  } finally {
    bitmap.close();
  }
}

function frameOf(bitmap: ImageBitmap): Frame {
  const { width, height } = bitmap;
  return { width, height, grey: (region) => toLuminance(pixels(bitmap, region)) };
}

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { willReadFrequently: true });

function pixels(bitmap: ImageBitmap, { x, y, width, height }: Region): Rgba {
  if (!context) throw new TypeError('no 2d canvas in this worker');
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  context.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
