import type { Luminance } from './luminance.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A code that was found and not read. */
export interface Outline {
  /** In pixels: top left, top right, bottom right, bottom left. */
  readonly corners: readonly Spot[];
  /** Modules a side. */
  readonly size: number;
  /** Light modules on a dark ground. */
  readonly inverted?: boolean;
}

/** A code seen straight on, in an even light: each pixel from -100, its darkest, to 100. */
export interface Flat {
  readonly data: Int8Array;
  readonly side: number;
}

/** Pixels a module of the flat picture. */
export const scale = 6;
/** Modules of the surroundings that are flattened too: for what bulges out of its corners. */
export const margin = 4;
/** Modules each way that tell how dark and light a module can be here. */
const around = 4;
/** Fewest steps of grey between the darkest and the lightest of a neighbourhood that count as ink. */
const fewestSteps = 4;

/** Pixels of the flat picture of a code with so many modules a side. */
export const flatPixels = (size: number): number => ((size + 2 * margin) * scale) ** 2;

/** The part of a picture with a code in it, turned and stretched to a square; an inverted one is turned over. */
export function flatten(picture: Luminance, { corners, size, inverted }: Outline): Flat {
  const cells = size + 2 * margin;
  const side = cells * scale;
  const grey = seenStraight(picture, corners, size, side);
  const means = cellMeans(grey, cells);
  const dark = extremes(means, cells, -1);
  const light = extremes(means, cells, 1);
  const data = new Int8Array(side * side);
  for (let cell = 0; cell < cells * cells; cell++) {
    const [low, high] = [dark[cell] ?? 0, light[cell] ?? 0];
    const [middle, full] = [(low + high) / 2, Math.max(fewestSteps, high - low) / 2];
    const gain = (inverted ? -100 : 100) / full;
    const from = Math.floor(cell / cells) * scale * side + (cell % cells) * scale;
    for (let y = 0; y < scale; y++)
      for (let at = from + y * side; at < from + y * side + scale; at++) {
        const value = ((grey[at] ?? 0) - middle) * gain;
        data[at] = Math.max(-100, Math.min(100, value));
      }
  }
  return { data, side };
}

function seenStraight(
  { data, width, height }: Luminance,
  corners: readonly Spot[],
  size: number,
  side: number,
): Float32Array {
  const [xu, xv, x0, yu, yv, y0, zu, zv] = perspective(corners);
  const grey = new Float32Array(side * side);
  for (let row = 0, at = 0; row < side; row++) {
    const v = ((row + 0.5) / scale - margin) / size;
    for (let column = 0; column < side; column++, at++) {
      const u = ((column + 0.5) / scale - margin) / size;
      const depth = zu * u + zv * v + 1;
      const x = (xu * u + xv * v + x0) / depth;
      const y = (yu * u + yv * v + y0) / depth;
      grey[at] = between(data, width, height, x - 0.5, y - 0.5);
    }
  }
  return grey;
}

/** From shares of a square to the quadrangle with these corners (Heckbert 1989, 2.2.3). */
function perspective(
  corners: readonly Spot[],
): [number, number, number, number, number, number, number, number] {
  const at = (corner: number) => corners[corner] ?? { x: 0, y: 0 };
  const [a, b, c, d] = [at(0), at(1), at(2), at(3)];
  const [dx1, dx2, dx3] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, dy3] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const by = dx1 * dy2 - dx2 * dy1 || 1;
  const [g, h] = [(dx3 * dy2 - dx2 * dy3) / by, (dx1 * dy3 - dx3 * dy1) / by];
  const [xu, xv] = [b.x - a.x + g * b.x, d.x - a.x + h * d.x];
  const [yu, yv] = [b.y - a.y + g * b.y, d.y - a.y + h * d.y];
  return [xu, xv, a.x, yu, yv, a.y, g, h];
}

/** A value between four neighbours; beyond the edge, the edge's. */
export function between(
  data: Uint8Array | Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const inX = x > 0 ? Math.min(x, width - 1.001) : 0;
  const inY = y > 0 ? Math.min(y, height - 1.001) : 0;
  const left = inX | 0;
  const top = inY | 0;
  const right = inX - left;
  const at = top * width + left;
  const first = data[at] ?? 0;
  const third = data[at + width] ?? 0;
  const upper = first + ((data[at + 1] ?? 0) - first) * right;
  const lower = third + ((data[at + width + 1] ?? 0) - third) * right;
  return upper + (lower - upper) * (inY - top);
}

function cellMeans(grey: Float32Array, cells: number): Float32Array {
  const means = new Float32Array(cells * cells);
  const side = cells * scale;
  for (let y = 0, at = 0; y < side; y++) {
    const row = Math.floor(y / scale) * cells;
    for (let x = 0; x < side; x++, at++) {
      const cell = row + Math.floor(x / scale);
      means[cell] = (means[cell] ?? 0) + (grey[at] ?? 0) / scale ** 2;
    }
  }
  return means;
}

/** The largest, or with -1 the smallest, of the cells around each. */
function extremes(values: Float32Array, cells: number, sign: 1 | -1): Float32Array {
  const along = (from: Float32Array, stride: number, across: number) => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < cells; line++)
      for (let at = 0; at < cells; at++) {
        let best = Number.NEGATIVE_INFINITY;
        const end = Math.min(cells - 1, at + around);
        for (let near = Math.max(0, at - around); near <= end; near++)
          best = Math.max(best, sign * (from[line * across + near * stride] ?? 0));
        to[line * across + at * stride] = sign * best;
      }
    return to;
  };
  return along(along(values, 1, cells), cells, 1);
}
