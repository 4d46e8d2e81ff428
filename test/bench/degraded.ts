import sharp from 'sharp';
import { encode } from 'uqr';
import type { Rgba } from '../../src/decoder/pixels/luminance.ts';
import { rgba } from '../support/fake-camera.ts';
import { fakeRandom } from '../support/fakes/fake-random.ts';
import { addGlare, addMoire, addNoise, blurAlong, type Pixels } from './lens-flaws.ts';

export interface Sample {
  readonly picture: Rgba;
  readonly text: string;
}

type Colour = readonly [red: number, green: number, blue: number];

/** How a code is shown and seen. What is left out is as good as can be. */
interface Look {
  readonly ink?: Colour;
  readonly paper?: Colour;
  /** Degrees in the plane of the picture. */
  readonly turn?: number;
  /** 0 is straight on; 0.3 makes the far edge a third shorter. */
  readonly tilt?: number;
  /** Sigma of an unfocused lens, in pixels. */
  readonly blur?: number;
  /** Pixels the hand moved while the shutter was open. */
  readonly motion?: number;
  readonly noise?: number;
  /** Light of the screen that shows it, 1 being as bright as paper beside it. */
  readonly dim?: number;
  readonly contrast?: number;
  readonly glare?: boolean;
  readonly moire?: boolean;
}

/** As long as a live pass with name and id tail: about 231 characters as CWT, 296 as JWT. */
export const cwtPass = `KK1:${'6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R82JD2FCJG96V75DOW%IY17EIHY P8L6IWM$S4U4'.repeat(4).slice(0, 227)}`;
export const jwtPass = `eyJ${'hbGciOiJFUzI1NiIsImtpZCI6InRqLTEiLCJ0eXAiOiJrcCtqd3QifQ_8x-Zk2Vb0QyTn7rLw3'.repeat(4).slice(0, 293)}`;

const distances = [1.4, 1.6, 1.8, 2.1, 2.6, 3.5];
const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];
const green: Colour = [34, 179, 94];
/** Of the verdict colours and health codes: #FFE04A; #D62828 on a dark page, #121212. */
const codeYellow: Colour = [255, 224, 74];
const codeRed: Colour = [214, 40, 40];
const darkPaper: Colour = [18, 18, 18];
const sensor = { blur: 0.4, noise: 6 };

const looks: Readonly<Record<string, Look>> = {
  clean: {},
  soft: { ...sensor, blur: 0.7 },
  noisy: { blur: 0.4, noise: 22, contrast: 0.8 },
  dark: { ...sensor, contrast: 0.18 },
  turned: { ...sensor, turn: 23 },
  tilted: { ...sensor, tilt: 0.3, turn: 8 },
  moving: { ...sensor, motion: 3 },
  glare: { ...sensor, glare: true },
  moire: { ...sensor, moire: true },
  green: { ...sensor, ink: green },
  orange: { ...sensor, ink: [240, 130, 20] },
  yellow: { ...sensor, ink: [224, 170, 0] },
  red: { ...sensor, ink: [214, 40, 40] },
  inverted: { ...sensor, ink: white, paper: black },
  'green on black': { ...sensor, ink: green, paper: black },
  // the colours of the codes themselves, and a screen turned down
  'pale yellow': { ...sensor, ink: codeYellow },
  'pale yellow, dim': { ...sensor, noise: 3, ink: codeYellow, dim: 0.35 },
  'red on dark, dim': { ...sensor, noise: 3, ink: codeRed, paper: darkPaper, dim: 0.35 },
  'green, dim': { ...sensor, noise: 3, ink: green, dim: 0.35 },
  'black, very dim': { ...sensor, noise: 3, dim: 0.15 },
  worst: { blur: 0.6, noise: 12, contrast: 0.4, turn: 11, tilt: 0.12 },
};

/** Camera frames of one pass, far to near and with every flaw; the same pictures every time. */
export async function* degraded(): AsyncGenerator<Sample> {
  const random = fakeRandom(20);
  for (const pixelsPerModule of distances)
    for (const look of Object.values(looks))
      for (let copy = 0; copy < 2; copy++)
        yield { picture: await photograph(cwtPass, pixelsPerModule, look, random), text: cwtPass };
}

/** The same frame width filled by the CWT or the JWT form of one pass: who is read from further away? */
export async function* far(text: string, cwtPixelsPerModule: number): AsyncGenerator<Sample> {
  const random = fakeRandom(Math.round(cwtPixelsPerModule * 10));
  const scale = encode(cwtPass, { ecc: 'M', border: 4 }).size / codeOf(text).size;
  for (let copy = 0; copy < 10; copy++) {
    const look = { blur: 0.3 + copy * 0.05, noise: 4 + copy };
    yield { picture: await photograph(text, cwtPixelsPerModule * scale, look, random), text };
  }
}

const codeOf = (text: string) => encode(text, { ecc: 'M', border: 4 });

async function photograph(
  text: string,
  pixelsPerModule: number,
  look: Look,
  random: (length: number) => Uint8Array,
): Promise<Rgba> {
  const picture = scene(text, pixelsPerModule, look, random);
  const { contrast = 1, blur = 0, motion = 0, noise = 0 } = look;
  if (look.moire) addMoire(picture);
  if (motion > 0) blurAlong(picture, motion);
  if (look.glare) addGlare(picture);
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  let lens = sharp(picture.data, { raw }).linear(contrast, 128 * (1 - contrast) * 0.6);
  if (blur > 0) lens = lens.blur(Math.max(0.3, blur));
  const data = new Uint8ClampedArray(await lens.raw().toBuffer());
  addNoise(data, noise, random);
  return rgba(await sharp(data, { raw }).jpeg({ quality: 75 }).toBuffer());
}

/** The code on grey, each pixel the mean of nine points of the turned and tilted sheet. */
function scene(
  text: string,
  pixelsPerModule: number,
  { ink = black, paper = white, turn = 0, tilt = 0, dim = 1 }: Look,
  random: (length: number) => Uint8Array,
): Pixels {
  const [width, height] = [1280, 720];
  const data = new Uint8ClampedArray(width * height * 3).fill(136);
  const code = codeOf(text);
  const [dx = 0, dy = 0] = random(2);
  const centre = { x: 576 + dx / 2 + dy / 512, y: 296 + dy / 2 + dx / 512 };
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const shown = ([red, green, blue]: Colour): Colour => [red * dim, green * dim, blue * dim];
  const [shownInk, shownPaper] = [shown(ink), shown(paper)];
  const half = (code.size * pixelsPerModule) / 2;
  const reach = Math.ceil(half * 1.6);
  const colourAt = (x: number, y: number): Colour | undefined => {
    const depth = 1 + (tilt * (cos * y - sin * x)) / (2 * half);
    const column = Math.floor(((cos * x + sin * y) * depth) / pixelsPerModule + code.size / 2);
    const row = Math.floor(((cos * y - sin * x) * depth) / pixelsPerModule + code.size / 2);
    const isDark = code.data[row]?.[column];
    return isDark === undefined ? undefined : isDark ? shownInk : shownPaper;
  };
  for (
    let y = Math.max(0, Math.floor(centre.y) - reach);
    y < Math.min(height, centre.y + reach);
    y++
  )
    for (
      let x = Math.max(0, Math.floor(centre.x) - reach);
      x < Math.min(width, centre.x + reach);
      x++
    ) {
      const sum = [0, 0, 0];
      for (let point = 0; point < 9; point++) {
        const [right, down] = [((point % 3) + 0.5) / 3, (Math.floor(point / 3) + 0.5) / 3];
        const colour = colourAt(x + right - centre.x, y + down - centre.y) ?? [136, 136, 136];
        for (let part = 0; part < 3; part++) sum[part] = (sum[part] ?? 0) + (colour[part] ?? 0) / 9;
      }
      data.set(sum, 3 * (y * width + x));
    }
  return { data, width, height };
}
