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
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
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

/** Twice as large, each new pixel the mean of its neighbours: small modules get wider than noise. */
export function upscale(picture: Luminance): Luminance {
  const { width, height } = picture;
  const data = new Uint8Array(width * height * 4);
  const at = (x: number, y: number) =>
    picture.data[Math.min(y, height - 1) * width + Math.min(x, width - 1)] ?? 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [here, right, below, across] = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
      const to = 4 * y * width + 2 * x;
      data[to] = here;
      data[to + 1] = (here + right) >> 1;
      data[to + 2 * width] = (here + below) >> 1;
      data[to + 2 * width + 1] = (here + right + below + across) >> 2;
    }
  }
  return { data, width: 2 * width, height: 2 * height };
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

export function invert(picture: Luminance): Luminance {
  return { ...picture, data: picture.data.map((grey) => 255 - grey) };
}
