/**
 * How codes are searched for. Measured (test/bench/decode.ts): one bare look of the engine reads 147
 * of 192 degraded frames; the busiest part of the frame enlarged three times smoothly, 176 in half
 * that look's time; sharpened too, 181. A little is won on photographs by the picture at half size
 * and by one threshold for all of it.
 *
 * Tried and left out, because it added nothing to the above or cost more than it read: one fixed
 * crop in the middle enlarged (misses codes beside it), the whole frame enlarged (the same hits at
 * ten times the cost), four times instead of three, wider or stronger sharpening, sharpening twice,
 * smoothing before or after, subtracting the local mean, a quarter of the size, and a second
 * decoder (jsQR, qr-scanner) after ours, which returned wrong texts besides. Of the 13 frames and 9
 * photographs still missed, unsharp masks, stretched contrast and Richardson–Lucy deblurring of a
 * soft or moving lens, each at two to four times, won two at most with any one look.
 */
import { busyRegion } from './busy-region.ts';
import type { Frame } from './frame-source.ts';
import {
  black,
  crop,
  downscale,
  enlarge,
  isOpaque,
  type Luminance,
  type Region,
  type Rgba,
  sharpen,
  toLuminance,
} from './luminance.ts';
import type { FoundCode } from './protocol.ts';
import type { Look, ReadQr } from './zxing.ts';

/** Enlarged pictures have at most so many pixels: it bounds a look's time. */
const enlargedPixels = 1_300_000;

type Attempt = (frame: Frame, read: ReadQr) => readonly FoundCode[];

const inViewfinder: Attempt = (frame, read) => read(frame.grey(viewfinder(frame)), { most: 1 });
const anywhere: Attempt = (frame, read) =>
  read(frame.grey(whole(frame)), { most: 1, inverted: true });
const closer: Attempt = (frame, read) =>
  read(near(busy(frame.grey(whole(frame)))), { most: 1, inverted: true });
const sharper: Attempt = (frame, read) =>
  read(sharpen(near(busy(frame.grey(whole(frame))), 2)), { most: 1, inverted: true });
const unblurred: Attempt = (frame, read) =>
  read(near(sharpen(busy(frame.grey(whole(frame))))), { most: 1, inverted: true });
const blurred: Attempt = (frame, read) =>
  read(downscale(frame.grey(viewfinder(frame))), { most: 1, inverted: true });
const dusty: Attempt = (frame, read) =>
  read(frame.grey(whole(frame)), { most: 1, inverted: true, denoised: true });
const flatLight: Attempt = (frame, read) =>
  read(frame.grey(viewfinder(frame)), { most: 1, global: true });

/** What else is tried on a frame whose viewfinder shows no code, in turn. */
const further = [closer, anywhere, unblurred, blurred, closer, dusty, sharper, flatLight];
/** Milliseconds a further look may have cost last time; a dearer one is taken every fourth turn. */
const dear = 60;

/**
 * Searches the frames of one camera: each call gives the texts it found in one frame (at most
 * one). The viewfinder is always looked at, so that a code is read as soon as it is held there;
 * one further look, another each time, is for far, dirty and inverted codes.
 */
export function createSearch(
  read: ReadQr,
  now: () => number = () => performance.now(),
): (frame: Frame) => string[] {
  const costs = new Map<Attempt, number>();
  let misses = 0;

  function furtherLook(frame: Frame): readonly FoundCode[] {
    const attempt = further[misses % further.length] ?? closer;
    const isSkipped = (costs.get(attempt) ?? 0) > dear && Math.floor(misses / further.length) % 4;
    if (isSkipped) return [];
    const from = now();
    const codes = attempt(frame, read);
    costs.set(attempt, now() - from);
    return codes;
  }

  return (frame) => {
    let codes = inViewfinder(frame, read);
    if (codes.length === 0) codes = furtherLook(frame);
    misses = codes.length > 0 ? 0 : misses + 1;
    return codes.map(({ text }) => text);
  };
}

/**
 * Every code on a still picture, each text once. Where it is transparent it is laid on white, and
 * on black when nothing is found so: a code in white on nothing is dark on no other ground.
 */
export function readAll(read: ReadQr, pixels: Rgba): FoundCode[] {
  const codes = readGrey(read, toLuminance(pixels));
  if (codes.length > 0 || isOpaque(pixels)) return codes;
  return readGrey(read, toLuminance(pixels, black));
}

/**
 * Harder looks are taken only while none is found,
 * over at most three times the picture's pixels and two million more: that bounds the time, and
 * unlike a clock gives every run the same answer.
 */
function readGrey(read: ReadQr, picture: Luminance): FoundCode[] {
  let codes = read(picture, { most: 16, inverted: true });
  let allowance = 3 * picture.data.length + 2_000_000;
  if (codes.length > 0) return distinct(codes);
  for (const { seen, look, of } of harderLooks(picture)) {
    allowance -= seen.data.length;
    codes = allowance > 0 ? read(seen, look) : [];
    if (codes.length > 0) return distinct(of ? codes.map(placedIn(of, picture)) : codes);
    if (allowance <= 0) break;
  }
  return [];
}

interface HarderLook {
  readonly seen: Luminance;
  readonly look: Look;
  /** The part that is seen, where it is not the whole picture. */
  readonly of?: Region;
}

function* harderLooks(picture: Luminance): Generator<HarderLook> {
  const all: Look = { most: 16, inverted: true };
  const of = busyRegion(picture);
  const part = crop(picture, of);
  yield { seen: near(part), look: all, of };
  yield { seen: picture, look: { most: 16, global: true } };
  yield { seen: downscale(picture), look: all };
  yield { seen: near(sharpen(part)), look: all, of };
  yield { seen: near(picture, 2), look: { most: 16, global: true } };
  yield { seen: sharpen(near(part, 2)), look: all, of };
  yield { seen: near(picture, 2), look: { ...all, denoised: true } };
  yield { seen: near(sharpen(picture)), look: all };
}

/** The first of each text. */
function distinct(codes: readonly FoundCode[]): FoundCode[] {
  const texts = codes.map(({ text }) => text);
  return codes.filter(({ text }, at) => texts.indexOf(text) === at);
}

/** From shares of a part to shares of the whole picture. */
function placedIn(part: Region, { width, height }: Luminance): (code: FoundCode) => FoundCode {
  return ({ text, corners }) => ({
    text,
    corners: corners.map(({ x, y }) => ({
      x: (part.x + x * part.width) / width,
      y: (part.y + y * part.height) / height,
    })),
  });
}

const busy = (picture: Luminance): Luminance => crop(picture, busyRegion(picture));

/** Enlarged so many times, or as often as the limit of pixels allows. */
function near(picture: Luminance, times = 3): Luminance {
  const most = Math.floor(Math.sqrt(enlargedPixels / (picture.width * picture.height)));
  const fitting = Math.min(times, most);
  return fitting > 1 ? enlarge(picture, fitting) : picture;
}

/** The square the guard aims with: the middle eight ninths (640 px of a 1280×720 frame). */
function viewfinder({ width, height }: Frame): Region {
  const side = Math.round((Math.min(width, height) * 8) / 9);
  return { x: (width - side) >> 1, y: (height - side) >> 1, width: side, height: side };
}

function whole({ width, height }: Frame): Region {
  return { x: 0, y: 0, width, height };
}
