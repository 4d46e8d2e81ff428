/** Longest sides to try, in pixels. A code that is blurred at full size is often crisp at half. */
const sides = [2560, 1280, 640];
/** Bytes from which a file is taken for a large photo and made small while it is opened. */
const largeFile = 3_000_000;

/** The file is no picture this browser can open. */
export class Unreadable extends Error {}

/**
 * Every code on a picture file; harder looks and smaller sizes only while none is found. A photo of
 * 48 megapixels is made small by the browser as it opens it. Throws `Unreadable`.
 */
export async function readPictureFile<Code>(
  file: Blob,
  readAll: (picture: ImageBitmap) => readonly Code[],
): Promise<readonly Code[]> {
  const whole = await open(file);
  const longest = Math.max(whole.width, whole.height);
  try {
    for (const side of new Set(sides.map((each) => Math.min(each, longest)))) {
      const picture = await scaled(whole, side / longest);
      const codes = readAll(picture);
      if (picture !== whole) picture.close();
      if (codes.length > 0) return codes;
    }
    return [];
  } finally {
    whole.close();
  }
}

async function open(file: Blob): Promise<ImageBitmap> {
  const smaller: ImageBitmapOptions = { resizeWidth: sides[0] ?? 0, resizeQuality: 'medium' };
  try {
    return await createImageBitmap(file, file.size > largeFile ? smaller : {});
  } catch (cause) {
    throw new Unreadable('no picture', { cause });
  }
}

function scaled(picture: ImageBitmap, scale: number): ImageBitmap | Promise<ImageBitmap> {
  if (scale === 1) return picture;
  return createImageBitmap(picture, {
    resizeWidth: Math.max(1, Math.round(picture.width * scale)),
    resizeHeight: Math.max(1, Math.round(picture.height * scale)),
    resizeQuality: 'high',
  });
}
