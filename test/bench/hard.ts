/** Generated pictures that are hard in other ways than a camera's: bent, lit badly, damaged, coloured, long. */
import sharp from 'sharp';
import { encode } from 'uqr';
import { rgba } from '../support/fake-camera.ts';
import { fakeRandom } from '../support/fakes/fake-random.ts';
import { cwtPass, type Sample } from './degraded.ts';
import { addNoise } from './lens-flaws.ts';

type Colour = readonly [red: number, green: number, blue: number];
type Draw = () => number;
/** From a point of the picture, in shares of the code around its middle, to one of the sheet. */
type Bend = (x: number, y: number) => readonly [number, number];
/** Light that falls there: factor and what is mirrored on top. */
type Light = (x: number, y: number) => readonly [factor: number, mirrored: number];

interface Case {
  readonly ink?: Colour;
  readonly paper?: Colour;
  readonly bend?: (draw: Draw) => Bend;
  readonly light?: (draw: Draw) => Light;
  /** Share of the code covered by patches, and how many they are. */
  readonly damage?: readonly [share: number, patches: number];
  /** Above 1 a screen or camera that shows what is dark darker still. */
  readonly gamma?: number;
  readonly dim?: number;
}

const white: Colour = [255, 255, 255];
const night: Colour = [18, 18, 18];
/** The colours of health codes as screens show them. */
const codes = {
  green: [34, 179, 94],
  yellow: [255, 224, 74],
  orange: [240, 130, 20],
  red: [214, 40, 40],
} as const;

const tilted =
  (by: number): ((draw: Draw) => Bend) =>
  (draw) => {
    const turn = 2 * Math.PI * draw();
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return (x, y) => {
      const depth = 1 + by * (cos * x + sin * y);
      return [x / depth, y / depth];
    };
  };

const round =
  (radius: number): ((draw: Draw) => Bend) =>
  (draw) => {
    const isUpright = draw() < 0.5;
    const arc = (at: number) => radius * Math.asin(Math.max(-1, Math.min(1, at / radius)));
    return (x, y) => (isUpright ? [arc(x), y] : [x, arc(y)]);
  };

const wavy =
  (height: number): ((draw: Draw) => Bend) =>
  (draw) => {
    const waves = Array.from({ length: 4 }, () => ({
      along: 5 + 6 * draw(),
      turn: 2 * Math.PI * draw(),
      phase: 2 * Math.PI * draw(),
      way: 2 * Math.PI * draw(),
    }));
    return (x, y) => {
      let [toX, toY] = [x, y];
      for (const { along, turn, phase, way } of waves) {
        const rise = height * Math.sin(along * (x * Math.cos(turn) + y * Math.sin(turn)) + phase);
        toX += rise * Math.cos(way);
        toY += rise * Math.sin(way);
      }
      return [toX, toY];
    };
  };

const lamp =
  (strength: number): ((draw: Draw) => Light) =>
  (draw) => {
    const [x0, y0] = [0.5 * draw() - 0.1, 0.5 * draw() - 0.1];
    return (x, y) => [1, 255 * strength * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / 0.03)];
  };

const shadow = (draw: Draw): Light => {
  const turn = 2 * Math.PI * draw();
  return (x, y) => [x * Math.cos(turn) + y * Math.sin(turn) > 0.1 ? 1 : 0.25, 0];
};

const cases: Readonly<Record<string, Case>> = {
  'tilted much': { bend: tilted(0.7) },
  'tilted very much': { bend: tilted(1) },
  'round a bottle': { bend: round(0.62) },
  'round a bottle, thin': { bend: round(0.53) },
  'on cloth': { bend: wavy(0.012) },
  'on cloth, creased': { bend: wavy(0.02) },
  'lamp mirrored': { light: lamp(0.9) },
  'lamp mirrored, glaring': { light: lamp(2.5) },
  'half in shadow': { light: () => shadow(() => 0.12) },
  scratched: { damage: [0.09, 60] },
  stained: { damage: [0.09, 3] },
  ...Object.fromEntries(
    Object.entries(codes).flatMap(([name, ink]) => [
      [`${name} on white`, { ink }],
      [`${name} on white, dim`, { ink, dim: 0.35, gamma: 1.4 }],
      [`${name} at night`, { ink, paper: night }],
      [`${name} at night, dim`, { ink, paper: night, dim: 0.5, gamma: 1.4 }],
    ]),
  ),
};
export const hardCases = Object.keys(cases);

/** Every case in three sizes, two of each, as a phone's camera takes it; the same every time. */
export async function* hard(): AsyncGenerator<Sample> {
  for (const pixels of [2.2, 3, 5])
    for (const [name, how] of Object.entries(cases))
      for (let copy = 0; copy < 2; copy++)
        yield {
          picture: await taken(how, pixels, seed(`${name} ${pixels} ${copy}`)),
          text: cwtPass,
        };
}

const seed = (of: string) => [...of].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);

async function taken(how: Case, pixels: number, from: number) {
  const random = fakeRandom(from >>> 0);
  const draw: Draw = () => {
    const [high = 0, low = 0] = random(2);
    return (high * 256 + low) / 65536;
  };
  const [width, height] = [800, 600];
  const data = new Uint8ClampedArray(width * height * 3).fill(120);
  const { data: modules, size } = encode(cwtPass, { ecc: 'M', border: 4 });
  const sheet = damaged(modules, how.damage, draw);
  const { ink = [0, 0, 0], paper = white, dim = 1, gamma = 1 } = how;
  const bend: Bend = how.bend?.(draw) ?? ((x, y) => [x, y]);
  const light: Light = how.light?.(draw) ?? (() => [1, 0]);
  const [left, top] = [width / 2 + 40 * draw(), height / 2 + 30 * draw()];
  const shown = (value: number) => 255 * (value / 255) ** gamma * dim;
  const whole = size * pixels;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0];
      for (let point = 0; point < 4; point++) {
        const [u, v] = [(x + (point % 2) / 2 - left) / whole, (y + (point >> 1) / 2 - top) / whole];
        if (Math.abs(u) > 0.9 || Math.abs(v) > 0.9) {
          for (let part = 0; part < 3; part++) sum[part] = (sum[part] ?? 0) + 30;
          continue;
        }
        const [across, down] = bend(u, v);
        const isDark = sheet[Math.floor((down + 0.5) * size)]?.[Math.floor((across + 0.5) * size)];
        const [factor, mirrored] = light(u, v);
        for (let part = 0; part < 3; part++) {
          const value = isDark === undefined ? 120 : shown((isDark ? ink : paper)[part] ?? 0);
          sum[part] = (sum[part] ?? 0) + Math.min(255, value * factor + mirrored) / 4;
        }
      }
      data.set(sum, 3 * (y * width + x));
    }
  const raw = { width, height, channels: 3 } as const;
  const seen = new Uint8ClampedArray(await sharp(data, { raw }).blur(0.5).raw().toBuffer());
  addNoise(seen, 4, random);
  return rgba(await sharp(seen, { raw }).jpeg({ quality: 80 }).toBuffer());
}

/** Patches of ink and of paper over the modules, none of them on a finder pattern. */
function damaged(modules: boolean[][], damage: Case['damage'], draw: Draw): boolean[][] {
  const sheet = modules.map((row) => [...row]);
  if (!damage) return sheet;
  const [share, patches] = damage;
  const size = sheet.length;
  const side = Math.max(1, Math.round(Math.sqrt((share * size * size) / patches)));
  for (let patch = 0; patch < patches; ) {
    const [x, y] = [Math.floor(draw() * (size - side)), Math.floor(draw() * (size - side))];
    const isFinder = Math.min(x, size - side - x) < 13 && Math.min(y, size - side - y) < 13;
    if (isFinder) continue;
    const isInk = draw() < 0.5;
    for (let row = y; row < y + side; row++) sheet[row]?.fill(isInk, x, x + side);
    patch += 1;
  }
  return sheet;
}

/** Long screenshots: lines of words and, somewhere on them, a code; drawn, so without a lens's flaws. */
export async function* long(): AsyncGenerator<Sample> {
  const sizes = [4000, 8000, 16000].flatMap((height) =>
    [2, 3, 7].map((pixels) => [height, pixels]),
  );
  for (const [height = 0, pixels = 0] of sizes)
    for (const ink of [[0, 0, 0], codes.yellow, codes.red] as const)
      yield { picture: await screenshot(height, pixels, ink), text: cwtPass };
}

async function screenshot(height: number, pixels: number, [red, green, blue]: Colour) {
  const width = 1080;
  const random = fakeRandom(height + pixels + green);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const dot = (x: number, y: number) => data.fill(40, 4 * (y * width + x), 4 * (y * width + x) + 3);
  for (let line = 40; line < height - 40; line += 48)
    for (let letter = 60; letter < width - 60; letter += 26) {
      const bits = random(30);
      for (let at = 0; at < 4 * 90; at++) {
        const [x, y] = [(at % 18) >> 1, Math.floor(at / 36)];
        const isInk = ((bits[3 * y + (x >> 2)] ?? 0) >> (x % 4)) % 3 === 1;
        if (isInk) dot(letter + (at % 18), line + Math.floor(at / 18));
      }
    }
  const { data: modules, size } = encode(cwtPass, { ecc: 'M', border: 4 });
  const [first = 0, second = 0] = random(2);
  const left = Math.round(((width - size * pixels) * first) / 255);
  const top = Math.round(((height - size * pixels) * second) / 255);
  for (let y = 0; y < size * pixels; y++)
    for (let x = 0; x < size * pixels; x++) {
      const isDark = modules[Math.floor(y / pixels)]?.[Math.floor(x / pixels)];
      data.set(isDark ? [red, green, blue] : [255, 255, 255], 4 * ((top + y) * width + left + x));
    }
  return { data, width, height };
}
