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

/** What a picture with transparent parts is laid on, 0 black to 255 white. */
export const white = 255;
export const black = 0;

/** Grey by the weights of ITU-R BT.601, laid on a ground where it is transparent. */
export function toLuminance({ data, width, height }: Rgba, ground = white): Luminance {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    const red = data[at] ?? 0;
    const green = data[at + 1] ?? 0;
    const blue = data[at + 2] ?? 0;
    const alpha = data[at + 3] ?? 255;
    const ink = (306 * red + 601 * green + 117 * blue + 512) >> 10;
    grey[pixel] = alpha === 255 ? ink : (ink * alpha + ground * (255 - alpha) + 127) / 255;
  }
  return { data: grey, width, height };
}

/** Steps by which blue must lie below red and green in a pale ink. */
const pale = 48;
/** So many of them are no code: the dark half of the smallest one at two pixels a module. */
const fewPale = 800;
/** Of so many pixels one is looked at to count them. */
const sampled = 7;

/**
 * Each pixel's darkest channel: yellow on white is dark in blue alone. Nothing where hardly a pixel
 * is of a pale ink. For pictures of screens; a camera keeps colour at half the size only.
 */
export function paleInks({ data, width, height }: Rgba): Luminance | undefined {
  let count = 0;
  for (let at = 0; at < data.length; at += 4 * sampled)
    if (Math.min(data[at] ?? 0, data[at + 1] ?? 0) - (data[at + 2] ?? 0) > pale) count += sampled;
  if (count < fewPale) return undefined;
  const darkest = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < darkest.length; pixel++, at += 4) {
    const least = Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    darkest[pixel] = data[at + 3] === 255 ? least : white;
  }
  return { data: darkest, width, height };
}

export function isOpaque({ data }: Rgba): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
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
  const phases = Array.from({ length: times }, (_, phase) =>
    cubicTaps((phase + 0.5) / times - 0.5),
  );
  return heighten(widen(picture, phases), phases);
}

/** Four neighbouring pixels and what each counts, in 256ths: whole numbers are twice as fast. */
interface Taps {
  /** Of the first neighbour, relative to the pixel. */
  readonly from: number;
  readonly weights: readonly [number, number, number, number];
}

function cubicTaps(offset: number): Taps {
  const from = Math.floor(offset) - 1;
  const weight = (neighbour: number) => {
    const far = Math.abs(from + neighbour - offset);
    const near = 1 - 2.5 * far ** 2 + 1.5 * far ** 3;
    return Math.round(256 * (far < 1 ? near : 2 - 4 * far + 2.5 * far ** 2 - 0.5 * far ** 3));
  };
  const [first, third, fourth] = [weight(0), weight(2), weight(3)];
  return { from, weights: [first, 256 - first - third - fourth, third, fourth] };
}

function widen({ data, width, height }: Luminance, phases: readonly Taps[]): Luminance {
  const times = phases.length;
  const wide = new Uint8ClampedArray(width * times * height);
  const edge = 2;
  const row = new Uint8Array(width + 2 * edge);
  for (let y = 0; y < height; y++) {
    row.fill(data[y * width] ?? 0, 0, edge);
    row.set(data.subarray(y * width, (y + 1) * width), edge);
    row.fill(data[(y + 1) * width - 1] ?? 0, width + edge);
    phases.forEach(({ from, weights: [a, b, c, d] }, phase) => {
      let to = y * width * times + phase;
      for (let at = edge + from; at < edge + from + width; at++, to += times) {
        const left = a * (row[at] ?? 0) + b * (row[at + 1] ?? 0);
        wide[to] = (left + c * (row[at + 2] ?? 0) + d * (row[at + 3] ?? 0) + 128) >> 8;
      }
    });
  }
  return { data: new Uint8Array(wide.buffer), width: width * times, height };
}

function heighten({ data, width, height }: Luminance, phases: readonly Taps[]): Luminance {
  const times = phases.length;
  const high = new Uint8ClampedArray(width * height * times);
  const rowAt = (y: number) => {
    const inside = Math.min(height - 1, Math.max(0, y));
    return data.subarray(inside * width, (inside + 1) * width);
  };
  for (let y = 0; y < height; y++) {
    phases.forEach(({ from, weights: [a, b, c, d] }, phase) => {
      const first = rowAt(y + from);
      const second = rowAt(y + from + 1);
      const third = rowAt(y + from + 2);
      const fourth = rowAt(y + from + 3);
      const to = (y * times + phase) * width;
      for (let x = 0; x < width; x++) {
        const upper = a * (first[x] ?? 0) + b * (second[x] ?? 0);
        high[to + x] = (upper + c * (third[x] ?? 0) + d * (fourth[x] ?? 0) + 128) >> 8;
      }
    });
  }
  return { data: new Uint8Array(high.buffer), width, height: height * times };
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

/** Share of the pixels that may lie beyond each end of a stretched range: specks and mirrored lamps. */
const beyond = 0.005;
/** Fewest steps of grey that are stretched over all of them: below, it is only the sensor's grain. */
const fewestSteps = 8;

/** Its darkest grey made black and its lightest white: pale inks on white, screens in the dark. */
export function stretch({ data, width, height }: Luminance): Luminance {
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at++) {
    const value = data[at] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  const end = (from: number, step: 1 | -1) => {
    let at = from;
    for (let sum = counts[at] ?? 0; sum <= data.length * beyond; sum += counts[at] ?? 0) at += step;
    return at;
  };
  const [dark, light] = [end(0, 1), end(255, -1)];
  const gain = 255 / Math.max(fewestSteps, light - dark);
  const grey = Uint8ClampedArray.from({ length: 256 }, (_, value) => (value - dark) * gain);
  const even = new Uint8Array(data.length); // a loop, since map with a function takes six times as long
  for (let at = 0; at < data.length; at++) even[at] = grey[data[at] ?? 0] ?? 0;
  return { data: even, width, height };
}
