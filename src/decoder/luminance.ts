/** An 8-bit grey picture, rows from the top without padding. */
export interface Luminance {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels as a canvas gives them: red, green, blue, alpha. */
export interface Rgba {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Grey by the weights of ITU-R BT.601; alpha is ignored, cameras have none. */
export function toLuminance({ data, width, height }: Rgba): Luminance {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    const red = data[at] ?? 0;
    const green = data[at + 1] ?? 0;
    const blue = data[at + 2] ?? 0;
    grey[pixel] = (306 * red + 601 * green + 117 * blue + 512) >> 10;
  }
  return { data: grey, width, height };
}

export function crop(picture: Luminance, { x, y, width, height }: Region): Luminance {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * picture.width + x;
    data.set(picture.data.subarray(from, from + width), row * width);
  }
  return { data, width, height };
}

/** So many times as large by Catmull-Rom interpolation: modules of a far code become wide enough. */
export function enlarge(picture: Luminance, times: number): Luminance {
  const weights = Array.from({ length: times }, (_, phase) => cubicWeights(phase, times));
  return widenAndTurn(widenAndTurn(picture, weights), weights);
}

/** Widens each row and writes it as a column, so that doing it twice enlarges both ways. */
function widenAndTurn({ data, width, height }: Luminance, weights: readonly Taps[]): Luminance {
  const turned = new Uint8ClampedArray(height * width * weights.length);
  const row = new Uint8Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    row.fill(data[y * width] ?? 0, 0, reach);
    row.set(data.subarray(y * width, (y + 1) * width), reach);
    row.fill(data[(y + 1) * width - 1] ?? 0, width + reach);
    let to = y;
    for (let x = 0; x < width; x++) {
      for (const taps of weights) {
        let sum = 0;
        for (let tap = 0; tap < taps.length; tap++) sum += (taps[tap] ?? 0) * (row[x + tap] ?? 0);
        turned[to] = sum;
        to += height;
      }
    }
  }
  return {
    data: new Uint8Array(turned.buffer),
    width: height,
    height: width * weights.length,
  };
}

/** Weights of the pixels from two before to two after. */
type Taps = readonly number[];
const reach = 2;

function cubicWeights(phase: number, times: number): Taps {
  const centre = reach + (phase + 0.5) / times - 0.5;
  return Array.from({ length: 2 * reach + 1 }, (_, pixel) => {
    const far = Math.abs(pixel - centre);
    if (far >= 2) return 0;
    return far < 1
      ? 1 - 2.5 * far ** 2 + 1.5 * far ** 3
      : 2 - 4 * far + 2.5 * far ** 2 - 0.5 * far ** 3;
  });
}

/** Edges made steeper by what each pixel differs from its 3×3 neighbourhood: undoes a soft lens. */
export function sharpen({ data, width, height }: Luminance): Luminance {
  const sharp = new Uint8ClampedArray(data);
  for (let y = 1; y < height - 1; y++) {
    let left = columnSum(data, width, y * width);
    let middle = columnSum(data, width, y * width + 1);
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const right = columnSum(data, width, at + 1);
      sharp[at] = 2 * (data[at] ?? 0) - (left + middle + right) / 9;
      left = middle;
      middle = right;
    }
  }
  return { data: new Uint8Array(sharp.buffer), width, height };
}

function columnSum(data: Uint8Array, width: number, at: number): number {
  return (data[at - width] ?? 0) + (data[at] ?? 0) + (data[at + width] ?? 0);
}

/** Half as large, each pixel the mean of four: a blurred or noisy large code gets crisp. */
export function downscale(picture: Luminance): Luminance {
  const width = picture.width >> 1;
  const height = picture.height >> 1;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 2 * y * picture.width + 2 * x;
      const below = from + picture.width;
      const { data: grey } = picture;
      const sum =
        (grey[from] ?? 0) + (grey[from + 1] ?? 0) + (grey[below] ?? 0) + (grey[below + 1] ?? 0);
      data[y * width + x] = sum >> 2;
    }
  }
  return { data, width, height };
}
