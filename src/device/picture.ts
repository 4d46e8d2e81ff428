import { Fault } from '../core/fault.ts';
import type { Decoder } from './decoder-worker.ts';

/** Longest sides to try, in pixels. A code that is blurred at full size is often crisp at half. */
const sides = [2560, 1280, 640];

/** Every text on a picture file; throws `picture-unreadable` when it is no picture. */
export async function readPicture(
  decoder: Pick<Decoder, 'readAll'>,
  file: Blob,
): Promise<string[]> {
  const whole = await open(file);
  const longest = Math.max(whole.width, whole.height);
  const tries = [...new Set(sides.map((side) => Math.min(side, longest)))];
  try {
    for (const side of tries) {
      const texts = await decoder.readAll(await scaled(whole, side / longest));
      if (texts.length > 0) return [...texts];
    }
    return [];
  } finally {
    whole.close();
  }
}

async function open(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch (thrown) {
    throw new Fault('picture-unreadable', 'the file is no readable picture', { cause: thrown });
  }
}

function scaled(picture: ImageBitmap, scale: number): Promise<ImageBitmap> {
  return createImageBitmap(picture, {
    resizeWidth: Math.max(1, Math.round(picture.width * scale)),
    resizeHeight: Math.max(1, Math.round(picture.height * scale)),
    resizeQuality: 'high',
  });
}
