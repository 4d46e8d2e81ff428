/**
 * How codes are searched for. Measured (test/bench/decode.ts): one bare look of ZXing reads 155
 * of 252 degraded frames; the busiest part of the frame, stretched from black to white and enlarged
 * three times smoothly, 54 more; sharpened too, 213 in all. A little is won on photographs by the
 * picture at half size and by one threshold for all of it, at twice the size too.
 *
 * Tried and left out, because it added nothing to the above or cost more than it read: one fixed
 * crop in the middle enlarged (misses codes beside it), the whole frame enlarged (the same hits at
 * ten times the cost), four times instead of three, wider or stronger sharpening, sharpening twice,
 * smoothing before or after, subtracting the local mean, a quarter of the size, and a second
 * decoder (jsQR, qr-scanner) after ours, which returned wrong texts besides. Of the 13 frames and 9
 * photographs still missed, unsharp masks and Richardson–Lucy deblurring of a soft or moving lens,
 * each at two to four times, won two at most with any one look. For coloured inks the red or blue
 * channel alone, and each pixel's darkest or lightest channel, read fewer than stretched grey: JPEG
 * and cameras keep colour at half the size. Closed holes and the whole picture sharpened read none
 * that the others do not, at twenty and forty times a small picture's first look.
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
  stretch,
  toLuminance,
} from './luminance.ts';
import type { FoundCode, SeenCode } from './protocol.ts';
import { distinct, isAimedAt, ranked } from './rank.ts';
import { placedIn } from './windows.ts';
import type { Look, ReadQr } from './zxing.ts';

/** Enlarged pictures have at most so many pixels: it bounds a look's time. */
const enlargedPixels = 1_300_000;

/** Codes one look at the camera tells apart: more than fit into the view at a readable size. */
const most = 4;
const thorough: Look = { most, inverted: true };

type Attempt = (frame: Frame, read: ReadQr) => readonly FoundCode[];

/** A look at a part of the frame, changed before it is read; the codes are where they are in the frame. */
function attempt(
  part: (frame: Frame) => Region,
  how: Look,
  change = (picture: Luminance): Luminance => picture,
): Attempt {
  return (frame, read) => {
    const of = part(frame);
    return read(change(frame.grey(of)), how).map(placedIn(of, frame));
  };
}

const busyPart = (frame: Frame): Region => busyRegion(frame.grey(whole(frame)));

const inViewfinder = attempt(viewfinder, { most });
const anywhere = attempt(whole, thorough);
const closer = attempt(busyPart, thorough, (part) => near(stretch(part)));
const sharper = attempt(busyPart, thorough, (part) => sharpen(near(stretch(part), 2)));
const unblurred = attempt(busyPart, thorough, (part) => near(sharpen(stretch(part))));
const blurred = attempt(viewfinder, thorough, downscale);
const dusty = attempt(whole, { ...thorough, denoised: true });
const flatLight = attempt(viewfinder, { most, global: true });

/** What else is tried on a frame whose viewfinder shows no code, in turn. */
const further = [closer, anywhere, unblurred, blurred, closer, dusty, sharper, flatLight];
/** Milliseconds a further look may have cost last time; a dearer one is taken every fourth turn. */
const dear = 60;

/**
 * Searches the frames of one camera: each call gives every code it found in one frame, ranked. The
 * viewfinder is always looked at, so that a code is read as soon as it is held there; one further
 * look, another each time, is for far, dirty and inverted codes, and for a pass beside a code that
 * is none.
 */
export function createSearch(
  read: ReadQr,
  now: () => number = () => performance.now(),
): (frame: Frame) => SeenCode[] {
  const costs = new Map<Attempt, number>();
  let misses = 0;
  let lastPass: string | undefined;

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
    let codes = ranked(inViewfinder(frame, read));
    const [first] = codes;
    // a new pass that is aimed at is answered at once; one that stays leaves time to look around
    const isClear = first?.isPass && first.text !== lastPass && isAimedAt(first);
    lastPass = first?.isPass ? first.text : undefined;
    if (first && !isClear) codes = ranked([...codes, ...anywhere(frame, read)]);
    if (!codes[0]?.isPass) codes = ranked([...codes, ...furtherLook(frame)]);
    misses = codes[0]?.isPass ? 0 : misses + 1;
    return codes;
  };
}

/** Every code that the first look at a still picture finds, as `readAll`. */
export function readQuickly(read: ReadQr, pixels: Rgba): FoundCode[] {
  const onWhite = read(toLuminance(pixels), atOnce);
  if (onWhite.length > 0 || isOpaque(pixels)) return distinct(onWhite);
  return distinct(read(toLuminance(pixels, black), atOnce));
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

const atOnce: Look = { most: 16, inverted: true };

/**
 * Harder looks are taken only while none is found, over at most three times the picture's pixels and a million more: that bounds the time, and
 * unlike a clock gives every run the same answer.
 */
function readGrey(read: ReadQr, picture: Luminance): FoundCode[] {
  let codes = read(picture, atOnce);
  let allowance = 3 * picture.data.length + 1_000_000;
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
  const all = atOnce;
  const of = busyRegion(picture);
  const part = stretch(crop(picture, of));
  yield { seen: near(part), look: all, of };
  yield { seen: picture, look: { most: 16, global: true } };
  yield { seen: downscale(picture), look: all };
  yield { seen: near(picture, 2), look: { most: 16, global: true } };
  yield { seen: near(sharpen(part)), look: all, of };
  yield { seen: sharpen(near(part, 2)), look: all, of };
}

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
