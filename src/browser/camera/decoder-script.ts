import { BrowserQRCodeReader } from '@zxing/browser';
import { Fault } from '../../core/fault.ts';
import { PictureError, readPictureFile } from '../../decoder/picture.ts';
import type { CameraFrame } from '../../decoder/protocol.ts';
import { ranked } from '../../decoder/rank.ts';
import { createSchedule } from '../../decoder/schedule.ts';
import type { Decoder } from './decoder-worker.ts';

/** For use without a network, where it is not kept with the app; that of an older version goes, not another app's. */
async function keep(): Promise<void> {
  if (await caches.match(import.meta.url)) return;
  const cache = await caches.open('kakou-fallback');
  const folder = new URL('.', import.meta.url).href;
  const older = (await cache.keys()).filter(({ url }) => new URL('.', url).href === folder);
  await cache.add(import.meta.url);
  for (const one of older) await cache.delete(one);
}

/**
 * The decoder for browsers with WebAssembly switched off (iOS Lockdown Mode): plain JavaScript on
 * the page's thread, slower and weaker. Loaded only there.
 */
export function createScriptDecoder(): Decoder {
  void keep().catch(() => undefined);
  const reader = new BrowserQRCodeReader();
  const schedule = createSchedule();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });

  /** Each picture alone, on a ground of its own: a size that is set anew empties the canvas. */
  function read(frame: CameraFrame, zoom: number, ground = '#fff'): string[] {
    const width = 'displayWidth' in frame ? frame.displayWidth : frame.width;
    const height = 'displayHeight' in frame ? frame.displayHeight : frame.height;
    canvas.width = Math.round(width / zoom);
    canvas.height = Math.round(height / zoom);
    if (!context) return [];
    context.fillStyle = ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(frame, (canvas.width - width) / 2, (canvas.height - height) / 2);
    try {
      return [reader.decodeFromCanvas(canvas).getText()];
    } catch {
      return []; // it throws when there is no code
    }
  }

  return {
    async look(frame, zoom) {
      const from = performance.now();
      try {
        if (!schedule.isDue(from, false)) return { codes: [], looked: false };
        const texts = read(frame, zoom);
        schedule.looked(from, performance.now(), texts.length > 0);
        return { codes: ranked(texts.map((text) => ({ text, corners: [] }))), looked: true };
      } finally {
        frame.close();
      }
    },
    async readPicture(file) {
      const codes = (picture: ImageBitmap) => {
        const onWhite = read(picture, 1);
        const texts = onWhite.length > 0 ? onWhite : read(picture, 1, '#000');
        return texts.map((text) => ({ text, corners: [] }));
      };
      try {
        return await readPictureFile(file, { quickly: codes, thoroughly: codes });
      } catch (cause) {
        if (!(cause instanceof PictureError))
          throw new Fault('decoder-failed', 'it broke', { cause });
        throw new Fault(`picture-${cause.why}`, 'the file gave no picture', { cause });
      }
    },
    decoderName: () => 'script',
  };
}
