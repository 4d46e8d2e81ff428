/**
 * How codes are searched for: by a camera, whose looks are spread over frames, and in pictures, which
 * get all of them within a budget. What each look costs and reads, and what was tried and left out:
 * docs/reading.md.
 */
import type { Frame } from './frame-source.ts';
import { busyRegion } from './pixels/busy-region.ts';
import type { Outline } from './pixels/flatten.ts';
import {
  black,
  crop,
  downscale,
  enlarge,
  isOpaque,
  type Luminance,
  paleInks,
  type Region,
  type Rgba,
  sharpen,
  stretch,
  toLuminance,
} from './pixels/luminance.ts';
import type { FoundCode, SeenCode } from './protocol.ts';
import { distinct, isAimedAt, ranked } from './rank.ts';
import { createTogether, readUnfolded, unfoldingCost } from './unread.ts';
import { placedIn } from './windows.ts';
import type { Look, ReadQr } from './zxing.ts';

/** Enlarged pictures have at most so many pixels: it bounds a look's time. */
const enlargedPixels = 1_300_000;

/** Codes one look at the camera tells apart: more than fit into the view at a readable size. */
const most = 4;
const thorough: Look = { most, inverted: true };

type Attempt = (frame: Frame, read: ReadQr, unread?: Look['unread']) => readonly FoundCode[];

/** A look at a part of the frame, changed before it is read; the codes are where they are in the frame. */
function attempt(
  part: (frame: Frame) => Region,
  how: Look,
  change = (picture: Luminance): Luminance => picture,
): Attempt {
  return (frame, read, unread) => {
    const of = part(frame);
    const seen = change(frame.grey(of));
    const tell = unread && ((outline: Outline) => unread(outlineIn(outline, of, seen)));
    return read(seen, tell ? { ...how, unread: tell } : how).map(placedIn(of, frame));
  };
}

/** From pixels of a part as it was seen to those of the whole. */
function outlineIn(outline: Outline, of: Region, seen: Luminance): Outline {
  const times = of.width / seen.width;
  const corners = outline.corners.map(({ x, y }) => ({ x: of.x + x * times, y: of.y + y * times }));
  return { ...outline, corners };
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
 * is none. A code that is there and not read has its modules put together over the frames.
 */
export function createSearch(
  read: ReadQr,
  now: () => number = () => performance.now(),
): (frame: Frame) => SeenCode[] {
  const costs = new Map<unknown, number>();
  const together = createTogether();
  let misses = 0;
  let lastPass: string | undefined;

  /** Nothing, mostly, while it is dear. */
  function unlessDear<T>(look: unknown, turn: number, take: () => readonly T[]): readonly T[] {
    if ((costs.get(look) ?? 0) > dear && turn % 4) return [];
    const from = now();
    const codes = take();
    costs.set(look, now() - from);
    return codes;
  }

  function furtherLook(frame: Frame, unread: Look['unread']): readonly FoundCode[] {
    const attempt = further[misses % further.length] ?? closer;
    const turn = Math.floor(misses / further.length);
    return unlessDear(attempt, turn, () => attempt(frame, read, unread));
  }

  function unfolded(frame: Frame, outline: Outline): readonly FoundCode[] {
    const picture = frame.grey(whole(frame));
    return unlessDear(together, misses, () => together.read(read, picture, outline));
  }

  return (frame) => {
    const unread: Outline[] = [];
    const tell = (outline: Outline) => void unread.push(outline);
    let codes = ranked(inViewfinder(frame, read, tell));
    const [first] = codes;
    // a new pass that is aimed at is answered at once; one that stays leaves time to look around
    const isClear = first?.isPass && first.text !== lastPass && isAimedAt(first);
    lastPass = first?.isPass ? first.text : undefined;
    if (first && !isClear) codes = ranked([...codes, ...anywhere(frame, read)]);
    if (!codes[0]?.isPass) codes = ranked([...codes, ...furtherLook(frame, tell)]);
    if (codes.length === 0 && unread[0]) codes = ranked(unfolded(frame, unread[0]));
    if (codes.length > 0) together.forget();
    misses = codes[0]?.isPass ? 0 : misses + 1;
    return codes;
  };
}

/** Every code that the first look at a still picture finds, or one at its pale inks, as `readAll`. */
export function readQuickly(read: ReadQr, pixels: Rgba): FoundCode[] {
  const onWhite = read(toLuminance(pixels), atOnce);
  if (onWhite.length > 0) return distinct(onWhite);
  const inks = paleInks(pixels);
  const pale = inks ? read(inks, atOnce) : [];
  if (pale.length > 0 || isOpaque(pixels)) return distinct(pale);
  return distinct(read(toLuminance(pixels, black), atOnce));
}

/**
 * Every code on a still picture, each text once. Where it is transparent it is laid on white, and
 * on black when nothing is found so: a code in white on nothing is dark on no other ground.
 */
export function readAll(read: ReadQr, pixels: Rgba): FoundCode[] {
  const codes = readGrey(read, toLuminance(pixels), () => paleInks(pixels));
  if (codes.length > 0 || isOpaque(pixels)) return codes;
  return readGrey(read, toLuminance(pixels, black));
}

const atOnce: Look = { most: 16, inverted: true };

/**
 * What harder looks may cost in all, in looks at the picture as it is: that bounds the time, and
 * unlike a clock gives every run the same answer.
 */
const budget = 4;
/** Pixels across the smallest code: 21 modules of one pixel. */
const smallest = 21;

/** The first look, then the cheap ones, then what they found unread laid flat, then the dear ones. */
function readGrey(
  read: ReadQr,
  picture: Luminance,
  inks?: () => Luminance | undefined,
): FoundCode[] {
  const unread: Outline[] = [];
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const take = ({ seen: make, look, of = whole }: StillLook): FoundCode[] => {
    const seen = make();
    const tell = (outline: Outline) => void unread.push(outlineIn(outline, of, seen));
    return distinct(read(seen, { ...look, unread: tell }).map(placedIn(of, picture)));
  };
  let isUnfolded = false;
  let allowance = budget * picture.data.length;
  const pays = (cost: number) => {
    if (cost > allowance) return false;
    allowance -= cost;
    return true;
  };

  const atFirst = take({ seen: () => picture, look: atOnce });
  if (atFirst.length > 0 || Math.min(whole.width, whole.height) < smallest) return atFirst;
  for (const looks of [cheapLooks(picture, inks?.()), dearLooks(picture)]) {
    for (const look of looks) {
      const codes = pays(look.cost) ? take(look) : [];
      if (codes.length > 0) return codes;
    }
    for (const outline of unread.splice(0)) {
      // there is a code: one is laid flat whatever it costs
      if (!pays(unfoldingCost(outline)) && isUnfolded) continue;
      isUnfolded = true;
      const codes = readUnfolded(read, picture, outline);
      if (codes.length > 0) return codes;
    }
  }
  return [];
}

interface StillLook {
  readonly seen: () => Luminance;
  readonly look: Look;
  /** The part that is seen, where it is not the whole picture. */
  readonly of?: Region;
}
type Costly = StillLook & {
  /** In pixels of an ordinary look. */
  readonly cost: number;
};

const global: Look = { most: 16, global: true };

function* cheapLooks(picture: Luminance, inks?: Luminance): Generator<Costly> {
  const pixels = picture.data.length;
  const half = downscale(picture);
  yield { seen: () => half, look: global, cost: pixels / 6 };
  yield { seen: () => picture, look: global, cost: pixels / 4 };
  yield { seen: () => half, look: atOnce, cost: pixels / 3 };
  if (inks) yield { seen: () => inks, look: atOnce, cost: pixels };
}

/** What is enlarged is at most so many times the picture. */
const enlargedTimes = 2.5;

function* dearLooks(picture: Luminance): Generator<Costly> {
  const of = busyRegion(picture);
  const part = stretch(crop(picture, of));
  const most = Math.min(enlargedPixels, enlargedTimes * picture.data.length);
  const cost = (times: number) => part.data.length * timesOf(part, times, most) ** 2;
  yield { seen: () => near(part, 3, most), look: atOnce, of, cost: 1.1 * cost(3) };
  yield { seen: () => near(sharpen(part), 3, most), look: atOnce, of, cost: 1.2 * cost(3) };
  yield { seen: () => sharpen(near(part, 2, most)), look: atOnce, of, cost: 1.2 * cost(2) };
}

/** Enlarged so many times, or as often as the limit of pixels allows. */
function near(picture: Luminance, times = 3, most = enlargedPixels): Luminance {
  const fitting = timesOf(picture, times, most);
  return fitting > 1 ? enlarge(picture, fitting) : picture;
}

function timesOf({ width, height }: Luminance, times: number, most: number): number {
  return Math.max(1, Math.min(times, Math.floor(Math.sqrt(most / (width * height)))));
}

/** The square the guard aims with: the middle eight ninths (640 px of a 1280×720 frame). */
function viewfinder({ width, height }: Frame): Region {
  const side = Math.round((Math.min(width, height) * 8) / 9);
  return { x: (width - side) >> 1, y: (height - side) >> 1, width: side, height: side };
}

function whole({ width, height }: Frame): Region {
  return { x: 0, y: 0, width, height };
}
