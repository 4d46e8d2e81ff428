/** A picture of three bytes a pixel. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

function shade(
  { data, width, height }: Pixels,
  by: (value: number, x: number, y: number) => number,
) {
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let part = 0; part < 3; part++, at++) data[at] = by(data[at] ?? 0, x, y);
}

/** A lamp mirrored in the screen: white in its middle, fading over a third of the code. */
export function addGlare(picture: Pixels): void {
  shade(picture, (value, x, y) => {
    const far = ((x - 690) ** 2 + (y - 400) ** 2) / (2 * 45 ** 2);
    return value + (255 - value) * 0.75 * Math.exp(-far);
  });
}

/** The pixel grid of a screen beating against the camera's: slow stripes both ways. */
export function addMoire(picture: Pixels): void {
  shade(picture, (value, x, y) => {
    const beat = Math.sin(x * 0.9 + y * 0.07) + Math.sin(y * 1.1 - x * 0.05);
    return value * (1 + 0.13 * beat);
  });
}

/** Each pixel the mean of the next ones to its right and below: a hand in motion. */
export function blurAlong({ data, width, height }: Pixels, pixels: number): void {
  const still = data.slice();
  for (let y = 0; y < height - pixels; y++)
    for (let at = 3 * y * width; at < 3 * (y * width + width - pixels); at++) {
      let sum = 0;
      for (let step = 0; step < pixels; step++) {
        sum += still[at + 3 * (step + (step >> 1) * width)] ?? 0;
      }
      data[at] = sum / pixels;
    }
}

/** Sum of two bytes: near enough to a sensor's bell curve. */
export function addNoise(
  data: Uint8ClampedArray,
  amplitude: number,
  random: (length: number) => Uint8Array,
): void {
  if (amplitude === 0) return;
  const grain = random((data.length / 3) * 2);
  for (let pixel = 0; pixel < data.length / 3; pixel++) {
    const bell = ((grain[2 * pixel] ?? 0) + (grain[2 * pixel + 1] ?? 0) - 255) / 128;
    for (let at = 3 * pixel; at < 3 * pixel + 3; at++)
      data[at] = (data[at] ?? 0) + bell * amplitude;
  }
}
