import { BrowserQRCodeReader } from '@zxing/browser';
import type { Decoder } from './decoder-worker.ts';

/**
 * The decoder for browsers with WebAssembly switched off (iOS Lockdown Mode): plain JavaScript on
 * the page's thread, slower and weaker. Loaded only there.
 */
export function createScriptDecoder(): Decoder {
  const reader = new BrowserQRCodeReader();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return {
    async decode(_kind, bitmap) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      context?.drawImage(bitmap, 0, 0);
      bitmap.close();
      try {
        return [reader.decodeFromCanvas(canvas).getText()];
      } catch {
        return []; // it throws when there is no code
      }
    },
  };
}
