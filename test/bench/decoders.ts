/** The decoders measured side by side: a picture in, texts out. */
import {
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import jsQR from 'jsqr';
import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { readAll } from '../../src/decoder/decode.ts';
import { type Rgba, toLuminance } from '../../src/decoder/pixels/luminance.ts';
import { zxingInNode } from '../support/wasm.ts';

export type Decoder = (picture: Rgba) => readonly string[] | Promise<readonly string[]>;

const read = await zxingInNode();
const qrOnly: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain' };
const scanWithQrScanner = await loadQrScanner();

export const decoders: Readonly<Record<string, Decoder>> = {
  kakou: (picture) => readAll(read, picture).map(({ text }) => text),
  'zxing-wasm': async (picture) =>
    (await readBarcodes(picture as ImageData, qrOnly)).map(({ text }) => text),
  '@zxing/browser': zxingBrowser,
  jsqr: ({ data, width, height }) => {
    const found = jsQR(new Uint8ClampedArray(data), width, height);
    return found ? [found.data] : [];
  },
  'qr-scanner': scanWithQrScanner,
};

/** What `@zxing/browser` runs on each frame, without its canvas. */
function zxingBrowser(picture: Rgba): string[] {
  const { data, width, height } = toLuminance(picture);
  const source = new RGBLuminanceSource(new Uint8ClampedArray(data), width, height);
  try {
    const bitmap = new BinaryBitmap(new HybridBinarizer(source));
    const hints = new Map([[DecodeHintType.TRY_HARDER, true]]);
    return [new QRCodeReader().decode(bitmap, hints).getText()];
  } catch {
    return []; // it throws when there is no code
  }
}

/** Its engine is the text of a worker; it runs here with a `self` of ours and the settings of a picture scan. */
async function loadQrScanner(): Promise<Decoder> {
  let source = '';
  const { Worker: worker, Blob: blob } = globalThis as Record<string, unknown>;
  const createObjectURL = URL.createObjectURL;
  class Caught {
    constructor([text]: [string]) {
      source = text;
    }
  }
  Object.assign(globalThis, { Worker: class {}, Blob: Caught });
  URL.createObjectURL = () => '';
  // @ts-expect-error the package types its page half only
  const { createWorker } = await import('qr-scanner/qr-scanner-worker.min.js');
  createWorker();
  Object.assign(globalThis, { Worker: worker, Blob: blob });
  URL.createObjectURL = createObjectURL;

  const found: string[] = [];
  const self = {
    onmessage: (_: unknown): void => undefined,
    postMessage: ({ data }: { data: string | null }) => void (data !== null && found.push(data)),
  };
  new Function('self', source)(self);
  self.onmessage({ data: { type: 'inversionMode', data: 'both' } });
  return (picture) => {
    found.length = 0;
    self.onmessage({ data: { type: 'decode', id: 1, data: picture } });
    return [...found];
  };
}
