import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { addBuiltIns } from '../core/platform/built-ins.ts';
import { createSearch, readAll, readQuickly } from './decode.ts';
import { createFrameReader } from './frame-reader.ts';
import { drawn } from './frame-source.ts';
import { findNative } from './native.ts';
import { PictureError, readPictureFile } from './picture.ts';
import type { DecoderAnswer, DecoderName, DecoderRequest } from './protocol.ts';
import { loadZxing } from './zxing.ts';

declare const self: DedicatedWorkerGlobalScope;

addBuiltIns();
const decoder = start();
decoder.catch(() => undefined); // told to each request below

self.onmessage = async ({ data }: MessageEvent<DecoderRequest>) => {
  self.postMessage(await answer(data));
};

async function start() {
  const [read, native] = await Promise.all([loadZxing({ wasmUrl }), findNative()]);
  const name: DecoderName = native ? 'native+wasm' : 'wasm';
  return { name, read, readFrame: createFrameReader(createSearch(read), native) };
}

const pixelsOf = (picture: ImageBitmap) =>
  drawn(picture, { x: 0, y: 0, width: picture.width, height: picture.height });

async function answer(request: DecoderRequest): Promise<DecoderAnswer> {
  const { id } = request;
  try {
    const { name, read, readFrame } = await decoder;
    if (request.kind === 'frame') {
      return { id, decoder: name, ...(await readFrame(request.frame, request.zoom)) };
    }
    const codes = await readPictureFile(request.file, {
      quickly: (picture) => readQuickly(read, pixelsOf(picture)),
      thoroughly: (picture) => readAll(read, pixelsOf(picture)),
    });
    return { id, decoder: name, codes };
  } catch (thrown) {
    return { id, failed: thrown instanceof PictureError ? thrown.why : 'decoder' };
  } finally {
    if (request.kind === 'frame') request.frame.close();
  }
}
