import { headBytes, isCut, pictureHead } from './picture-head.ts';
import type { FoundCode, PictureFailure } from './protocol.ts';
import { distinct } from './rank.ts';
import { placedIn, type Region, windowsOf } from './windows.ts';

/** Longest sides to try, in pixels. A code that is blurred at full size is often crisp at half. */
const sides = [2560, 1280, 640];
const [largest = 0] = sides;
/** Bytes from which a file is taken for a large photo and made small while it is opened. */
const largeFile = 3_000_000;
/** Bytes and pixels above which a file is not opened: unpacked it would take the phone's memory. */
const most = { bytes: 60_000_000, pixels: 120_000_000 };

/** Why a file gave nothing to look at. */
export class PictureError extends Error {
  readonly why: PictureFailure;

  constructor(why: PictureFailure, options?: ErrorOptions) {
    super(why, options);
    this.why = why;
  }
}

/** How one opened picture is read: at once, and with every harder look. */
export interface PictureReader {
  quickly(picture: ImageBitmap): readonly FoundCode[];
  thoroughly(picture: ImageBitmap): readonly FoundCode[];
}

/**
 * Every code on a picture file; harder looks and smaller sizes only while none is found. A photo of
 * 48 megapixels is made small by the browser as it opens it; a long screenshot is read window by
 * window at its own size. Throws `PictureError`.
 */
export async function readPictureFile(
  file: Blob,
  reader: PictureReader,
): Promise<readonly FoundCode[]> {
  const whole = await open(file);
  try {
    const codes = await inWindows(whole, reader);
    const found = codes.length > 0 ? codes : await atSizes(whole, reader);
    if (found.length === 0 && (await isCut(file))) throw new PictureError('unreadable');
    return found;
  } finally {
    whole.close();
  }
}

/** Nothing where the picture is no longer than a look at all of it can bear. */
async function inWindows(whole: ImageBitmap, { quickly }: PictureReader): Promise<FoundCode[]> {
  const codes: FoundCode[] = [];
  for (const part of windowsOf(whole, largest)) {
    const picture = await createImageBitmap(whole, part.x, part.y, part.width, part.height);
    codes.push(...quickly(picture).map(placedIn(part, whole)));
    picture.close();
  }
  return distinct(codes);
}

async function atSizes(whole: ImageBitmap, { thoroughly }: PictureReader) {
  const longest = Math.max(whole.width, whole.height);
  for (const side of new Set(sides.map((each) => Math.min(each, longest)))) {
    const picture = await scaled(whole, side / longest);
    const codes = thoroughly(picture);
    if (picture !== whole) picture.close();
    if (codes.length > 0) return codes;
  }
  return [];
}

async function open(file: Blob): Promise<ImageBitmap> {
  if (file.size > most.bytes) throw new PictureError('too-large');
  const head = pictureHead(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()));
  if (head && head.width * head.height > most.pixels) throw new PictureError('too-large');
  const isSmaller = file.size > largeFile && (!head || mayShrink(head));
  const smaller: ImageBitmapOptions = { resizeWidth: largest, resizeQuality: 'medium' };
  try {
    return await createImageBitmap(file, isSmaller ? smaller : {});
  } catch (cause) {
    throw new PictureError('unreadable', { cause });
  }
}

/** Both its sides are larger than needed, however it is turned, and no window of it is wanted. */
const mayShrink = (size: Pick<Region, 'width' | 'height'>): boolean =>
  Math.min(size.width, size.height) > largest && windowsOf(size, largest).length === 0;

function scaled(picture: ImageBitmap, scale: number): ImageBitmap | Promise<ImageBitmap> {
  if (scale === 1) return picture;
  return createImageBitmap(picture, {
    resizeWidth: Math.max(1, Math.round(picture.width * scale)),
    resizeHeight: Math.max(1, Math.round(picture.height * scale)),
    resizeQuality: 'high',
  });
}
