import sharp from 'sharp';
import { encode } from 'uqr';
import type { Rgba } from '../../src/decoder/luminance.ts';
import { frame, rgba } from '../support/fake-camera.ts';
import { fakeRandom } from '../support/fakes/fake-random.ts';

export interface Sample {
  readonly picture: Rgba;
  readonly text: string;
}

/** About as long as a live pass in CWT form with name and id tail. */
const pass = `KK1:${'6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R82JD2FCJG96V75DOW%IY17EIHY P8L6IWM$S4U4'.repeat(3)}`;

const distances = [1.4, 1.6, 1.8, 2.1, 2.6, 3.5];
const flaws = {
  clean: { blur: 0, noise: 0, contrast: 1, turn: 0 },
  soft: { blur: 0.7, noise: 6, contrast: 1, turn: 0 },
  noisy: { blur: 0.4, noise: 22, contrast: 0.8, turn: 0 },
  dark: { blur: 0.4, noise: 6, contrast: 0.18, turn: 0 },
  turned: { blur: 0.4, noise: 6, contrast: 0.9, turn: 23 },
  worst: { blur: 0.6, noise: 12, contrast: 0.4, turn: 11 },
};

/** Camera frames of one pass, near to far and with every flaw; the same pictures every time. */
export async function* generated(): AsyncGenerator<Sample> {
  const random = fakeRandom(20);
  for (const pixelsPerModule of distances)
    for (const flaw of Object.values(flaws))
      for (let copy = 0; copy < 2; copy++)
        yield { picture: await photograph(pixelsPerModule, flaw, random), text: pass };
}

async function photograph(
  pixelsPerModule: number,
  { blur, noise, contrast, turn }: (typeof flaws)[keyof typeof flaws],
  random: (length: number) => Uint8Array,
): Promise<Rgba> {
  const { size } = encode(pass, { ecc: 'M', border: 4 });
  const side = Math.round(size * pixelsPerModule);
  const large = await (await frame(pass, { width: size * 8, height: size * 8, codePx: size * 8 }))
    .rotate(turn, { background: '#888' })
    .png()
    .toBuffer();
  const scale = turn === 0 ? 1 : Math.SQRT2 * Math.sin(((45 + turn) * Math.PI) / 180);
  const code = await sharp(large)
    .resize(Math.round(side * scale), null, { kernel: 'cubic' })
    .toBuffer();
  const scene = sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888' } });
  const [left, top] = [...random(2)].map((byte) => byte >> 1);
  const composed = scene.composite([
    { input: code, left: 300 + (left ?? 0), top: 80 + (top ?? 0) },
  ]);
  const lens = sharp(await composed.png().toBuffer()).linear(contrast, 128 * (1 - contrast) * 0.6);
  const { data, width, height } = await rgba(
    await (blur > 0 ? lens.blur(Math.max(0.3, blur)) : lens).png().toBuffer(),
  );
  addNoise(data, noise, random);
  const grainy = { raw: { width, height, channels: 4 } } as const;
  return rgba(await sharp(data, grainy).removeAlpha().jpeg({ quality: 75 }).toBuffer());
}

/** Sum of two bytes: near enough to a sensor's bell curve. */
function addNoise(data: Uint8ClampedArray, amplitude: number, random: (n: number) => Uint8Array) {
  if (amplitude === 0) return;
  const grain = random(data.length / 2);
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    const bell = ((grain[2 * pixel] ?? 0) + (grain[2 * pixel + 1] ?? 0) - 255) / 128;
    for (let at = 4 * pixel; at < 4 * pixel + 3; at++)
      data[at] = (data[at] ?? 0) + bell * amplitude;
  }
}
