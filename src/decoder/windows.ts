import type { Region } from './pixels/luminance.ts';
import type { FoundCode } from './protocol.ts';

export type { Region };

type Size = Pick<Region, 'width' | 'height'>;

/** How much longer than wide a picture is taken for a strip: a screenshot of a whole scrolled page. */
const strip = 2.5;

/**
 * A strip longer than `side` as windows that are each twice as long as the strip is wide, and overlap
 * by three quarters of its width, so that a code is whole in one of them. None for any other picture.
 */
export function windowsOf({ width, height }: Size, side: number): Region[] {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  if (long <= side || long < strip * short) return [];
  const length = Math.min(long, Math.max(2 * short, 640));
  const count = Math.ceil((long - length) / (length - 0.75 * short)) + 1;
  return Array.from({ length: count }, (_, at) => {
    const from = Math.round((at * (long - length)) / Math.max(1, count - 1));
    return width < height
      ? { x: 0, y: from, width, height: length }
      : { x: from, y: 0, width: length, height };
  });
}

/** From shares of a part to shares of the whole picture or frame. */
export function placedIn(part: Region, { width, height }: Size): (code: FoundCode) => FoundCode {
  return ({ text, corners }) => ({
    text,
    corners: corners.map(({ x, y }) => ({
      x: (part.x + x * part.width) / width,
      y: (part.y + y * part.height) / height,
    })),
  });
}
