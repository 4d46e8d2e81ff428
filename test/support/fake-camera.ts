import { writeFile } from 'node:fs/promises';
import sharp, { type OverlayOptions } from 'sharp';
import { encode } from 'uqr';

export interface FrameOptions {
  width?: number;
  height?: number;
  /** Width of the code on the frame with its quiet zone; the nearest whole modules below are used. */
  codePx?: number;
  ecc?: 'L' | 'M' | 'Q' | 'H';
  /** A second code of so many pixels at one side of the frame. */
  beside?: { text: string; codePx: number; gravity: 'south' | 'west' | 'east' };
  /** A patch in the top left corner: white while a code is shown, black while none is. */
  marked?: boolean;
}

/** What the camera sees for so many frames; no text is an empty scene. */
export interface Shot {
  readonly text: string | undefined;
  readonly frames: number;
  readonly beside?: NonNullable<FrameOptions['beside']>;
  /** Overrides the film's width of the code. */
  readonly codePx?: number;
}

/** Side of the patch of a marked frame, in pixels. */
export const markPx = 64;

const scene = { r: 128, g: 128, b: 128 };

/** A camera frame showing the text as a QR code with its quiet zone, in the middle. */
export async function frame(text: string | undefined, options: FrameOptions = {}) {
  const { width = 1280, height = 720, codePx = 480, ecc = 'M', marked = false, beside } = options;
  const image = sharp({ create: { width, height, channels: 3, background: scene } });
  const layers: OverlayOptions[] = marked ? [{ ...mark(text !== undefined), left: 0, top: 0 }] : [];
  if (text !== undefined) {
    layers.push({ input: await codePicture(text, codePx, ecc), gravity: 'centre' });
  }
  if (beside) {
    const { gravity } = beside;
    layers.push({ input: await codePicture(beside.text, beside.codePx, ecc), gravity });
  }
  return image.composite(layers);
}

function mark(light: boolean): OverlayOptions {
  const background = light ? '#fff' : '#000';
  return { input: { create: { width: markPx, height: markPx, channels: 3, background } } };
}

/** A picture as large as a frame: a code at its left, drawn in its dark or light modules alone, all else transparent. */
export async function seeThrough(
  text: string,
  drawn: 'dark' | 'light',
  [red, green, blue]: readonly [number, number, number],
): Promise<Buffer> {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const pixels = data.flat().flatMap((dark) => {
    return dark === (drawn === 'dark') ? [red, green, blue, 255] : [0, 0, 0, 0];
  });
  const raw = { width: size, height: size, channels: 4 } as const;
  const scale = Math.floor(360 / size);
  const input = await sharp(Buffer.from(pixels), { raw })
    .resize(size * scale, size * scale, { kernel: 'nearest' })
    .png()
    .toBuffer();
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({ create: { width: 1280, height: 720, channels: 4, background } })
    .composite([{ input, gravity: 'west' }])
    .png()
    .toBuffer();
}

/** The same frame as raw RGBA, as a canvas would give it. */
export async function frameRgba(text: string | undefined, options: FrameOptions = {}) {
  const png = await (await frame(text, options)).png().toBuffer();
  return rgba(png);
}

/** Decodes a picture file to raw RGBA. */
export async function rgba(file: string | Buffer) {
  const { data, info } = await sharp(file)
    .rotate()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}

/** Writes a film Chromium's fake camera plays at 30 frames a second, over and over: a .mjpeg file. */
export async function writeFilm(path: string, shots: readonly Shot[], options: FrameOptions = {}) {
  const film: Buffer[] = [];
  for (const { frames, text, ...own } of shots) {
    const picture = await frame(text, { ...options, ...own });
    const jpeg = await picture.jpeg({ quality: 90, chromaSubsampling: '4:2:0' }).toBuffer();
    film.push(...Array.from({ length: frames }, () => jpeg));
  }
  await writeFile(path, Buffer.concat(film));
}

/** The same as a .y4m file that shows one frame in three: a third of the work, as a camera at dusk does it. */
export async function writeSlowFilm(path: string, shots: readonly Shot[]): Promise<void> {
  const film = [Buffer.from('YUV4MPEG2 W1280 H720 F10:1 Ip A1:1 C420jpeg\n')];
  for (const { frames, text, ...own } of shots) {
    const picture = await frame(text, own);
    const flat = await sharp(await picture.png().toBuffer())
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    const grey = flat.map((light) => 16 + Math.round((light * 219) / 255));
    const one = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc(grey.length / 2, 128)]);
    film.push(...Array.from({ length: Math.ceil(frames / 3) }, () => one));
  }
  await writeFile(path, Buffer.concat(film));
}

async function codePicture(text: string, codePx: number, ecc: 'L' | 'M' | 'Q' | 'H') {
  const code = encode(text, { ecc, border: 4 });
  const pixels = Buffer.from(code.data.flat().map((dark) => (dark ? 0 : 255)));
  const scale = Math.max(1, Math.floor(codePx / code.size));
  return sharp(pixels, { raw: { width: code.size, height: code.size, channels: 1 } })
    .resize(code.size * scale, code.size * scale, { kernel: 'nearest' })
    .png()
    .toBuffer();
}
