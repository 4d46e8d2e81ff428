import type { Frame } from './frame-source.ts';
import { downscale, enlarge, type Region, type Rgba, sharpen, toLuminance } from './luminance.ts';
import type { ReadQr } from './zxing.ts';

type Attempt = (frame: Frame, read: ReadQr) => string[];

const inViewfinder: Attempt = (frame, read) => read(frame.grey(viewfinder(frame)), { most: 1 });
const anywhere: Attempt = (frame, read) => read(frame.grey(whole(frame)), { most: 1 });
const farAway: Attempt = (frame, read) =>
  read(enlarge(sharpen(frame.grey(middle(frame))), 3), { most: 1 });
const small: Attempt = (frame, read) =>
  read(enlarge(frame.grey(viewfinder(frame)), 2), { most: 1, denoised: true });
const blurred: Attempt = (frame, read) =>
  read(downscale(frame.grey(viewfinder(frame))), { most: 1 });
const flatLight: Attempt = (frame, read) =>
  read(frame.grey(viewfinder(frame)), { most: 1, global: true });
const inverted: Attempt = (frame, read) =>
  read(frame.grey(whole(frame)), { most: 1, inverted: true, denoised: true });

/** Looks for difficult codes, taken in turn after half a second without a hit. */
const patient = [farAway, small, blurred, farAway, flatLight, inverted];
const patientAfter = 6;

/**
 * Searches the frames of one camera: each call gives the texts it found in one frame (at most
 * one). The viewfinder is always looked at, so that a code is read as soon as it is held there;
 * what else is tried depends on how long nothing was found.
 */
export function createSearch(read: ReadQr): (frame: Frame) => string[] {
  let misses = 0;
  return (frame) => {
    let texts = inViewfinder(frame, read);
    if (texts.length === 0) texts = furtherLook(misses)?.(frame, read) ?? [];
    misses = texts.length > 0 ? 0 : misses + 1;
    return texts;
  };
}

/** Every code on a still picture, each text once. Harder looks are taken only while none is found. */
export function readAll(read: ReadQr, pixels: Rgba): string[] {
  const picture = toLuminance(pixels);
  const looks = [
    () => read(picture, { most: 16, inverted: true }),
    () => read(enlarge(picture, 2), { most: 16, denoised: true }),
    () => read(downscale(picture), { most: 16 }),
    () => read(picture, { most: 16, global: true }),
    () => read(enlarge(picture, 2), { most: 16, global: true }),
    () => read(enlarge(sharpen(picture), 3), { most: 16 }),
  ];
  for (const look of looks) {
    const texts = look();
    if (texts.length > 0) return [...new Set(texts)];
  }
  return [];
}

function furtherLook(misses: number): Attempt | undefined {
  const late = misses - patientAfter;
  if (late < 0) return misses % 3 === 2 ? anywhere : undefined;
  return late % 2 === 0 ? patient[(late / 2) % patient.length] : anywhere;
}

/** The square the guard aims with: the middle eight ninths (640 px of a 1280×720 frame). */
function viewfinder({ width, height }: Frame): Region {
  const side = Math.round((Math.min(width, height) * 8) / 9);
  return { x: (width - side) >> 1, y: (height - side) >> 1, width: side, height: side };
}

/** A far code is tiny, and the guard aims at it: the middle half of the viewfinder is enough. */
function middle(frame: Frame): Region {
  const { x, y, width, height } = viewfinder(frame);
  return { x: x + (width >> 2), y: y + (height >> 2), width: width >> 1, height: height >> 1 };
}

function whole({ width, height }: Frame): Region {
  return { x: 0, y: 0, width, height };
}
